import { describe, expect, it } from 'vitest';
import { interactionsSql, ownedSql, ownedTables, referenceSql, runsSql } from '../../src/db/stores/retention.ts';
import type { LedgerEntry } from '../../src/domain/finding.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import type { Window } from '../../src/domain/window.ts';
import { keepHouse, windowsBehind } from '../../src/jobs/index.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { day, days, detectionsOf, seriesKey } from '../builders/detections.ts';
import { NOW, USER } from '../builders/reports.ts';
import { fakeClock } from '../builders/stores.ts';
import { openBelow, registeredModel } from '../db/memory-stores.ts';
import { silentLogger } from '../doubles/recording-chat.ts';

const RETENTION_DAYS = 100;
const COUNT = 300;
const KEPT = 100;
/** The end of the last of the days. */
const END = day(COUNT).startMs;

const reference = (version: number, appliesFromMs: number) => ({ version, builtAt: NOW, appliesFromMs, windows: 28 });
const bins = { kind: 'boolean' } as const;
const referenceColumn = { column: 'age', bins, counts: [1, 2], mean: 1, standardDeviation: 1, minimum: 0, maximum: 2 };

/** Real SQLite: 300 days of everything, of which the newest 100 are to be kept. */
function aged() {
  const { client, stores } = openBelow();
  const model = registeredModel(stores, { zone: 'UTC' });
  const windows = days(COUNT);
  const rowOf = (window: Window): ColumnStatistics => ({
    ...{ window, segment: '', column: 'age', role: 'feature', kind: 'numeric', rows: 9 },
    ...{ statistics: { mean: 1 }, problems: [] },
  });
  stores.statistics.replaceWindows(model.id, windows, windows.map(rowOf));
  const detections = detectionsOf(windows.map(() => 1));
  const entries = windows.map(
    (window): LedgerEntry => ({
      ...{ series: seriesKey(), window, filter: 'duration', isKept: false, measure: 1, threshold: 2 },
    }),
  );
  for (const [place, window] of windows.entries()) {
    stores.detections.replaceWindow(model.id, window, detections.slice(place, place + 1), 'paper-1');
    stores.ledger.replaceWindow(model.id, window, entries.slice(place, place + 1));
    stores.interactions.claim(`press ${place}`, window.endMs);
    const lease = { job: 'check', modelId: model.id, windowStartMs: window.startMs, at: window.endMs, leaseMs: 60_000 };
    const id = stores.runs.begin(lease);
    if (id !== undefined && place !== 5) stores.runs.end(id, 'ok', window.endMs, {});
  }
  const looked = { state: 'landed', text: '9 rows', atMs: NOW, rows: 9, sameSinceMs: NOW } as const;
  stores.looks.put(
    model.id,
    windows.map((window) => ({ window, ...looked })),
  );
  for (const [version, place] of [0, 50, 150, 250].entries()) {
    stores.statistics.putReference(model.id, reference(version + 1, day(place).startMs), [referenceColumn]);
  }
  const findings = [{ ...detectionFinding(detections), rule: 'band' as const }];
  const report = stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(1), findings });
  stores.votes.put({ reportId: report.id, by: USER, verdict: 'real', at: NOW });
  const told: object[] = [];
  const logger: Logger = { ...silentLogger(), info: (facts: object) => told.push(facts) };
  const slept: number[] = [];
  const clock = { ...fakeClock(END), sleep: async (ms: number) => void slept.push(ms) };
  return { client, stores, model, told, slept, deps: { stores, clock, logger, retentionDays: RETENTION_DAYS } };
}

function detectionFinding(detections: ReturnType<typeof detectionsOf>) {
  const [worst] = detections;
  if (worst === undefined) throw new Error('no detection');
  const anomaly = { ...worst, isAnomaly: true as const, rule: 'band' as const };
  const span = { from: day(1), to: day(1) };
  return {
    series: worst.series,
    ...span,
    anomalies: [anomaly],
    worst: anomaly,
    severity: 4,
    pattern: 'spike' as const,
  };
}

describe('housekeeping', () => {
  it('removes what is older than is kept, and nothing else', async () => {
    const { stores, model, deps, told } = aged();

    const removed = await keepHouse(deps);

    const old = COUNT - KEPT;
    expect(removed).toEqual({
      ...{ statistics: old, detections: old, ledger: old, window_looks: old },
      // A press and a check belong to the end of their window, which is the start of the next.
      ...{ interactions: old - 1, runs: old - 1, statistic_references: 2 },
    });
    expect(stores.statistics.windowStarts(model.id)[0]).toBe(day(old).startMs);
    expect(stores.detections.between(model.id, 0, END)).toHaveLength(KEPT);
    expect(stores.looks.between(model.id, 0, END)).toHaveLength(KEPT);
    expect(stores.statistics.references(model.id).map(({ version }) => version)).toEqual([3, 4]);
    expect(told).toContainEqual({ removed, olderThanDays: RETENTION_DAYS });
    expect(stores.runs.latest('check', model.id)).toMatchObject({ windowStartMs: day(COUNT - 1).startMs });
  });

  it('keeps reports, findings and votes', async () => {
    const { stores, model, deps } = aged();

    await keepHouse(deps);

    const [report] = stores.reports.list(model.id);
    expect(report?.findings).toHaveLength(1);
    expect(report && stores.votes.ofReport(report.id)).toHaveLength(1);
  });

  it('does it in slices, and lets others in between', async () => {
    const { stores } = aged();

    const slices = [...stores.retention.prune({ beforeMs: day(200).startMs, rowsPerSlice: 30 })];

    expect(Math.max(...slices.map(({ rows }) => rows))).toBe(30);
    expect(slices.filter(({ table }) => table === 'statistics').map(({ rows }) => rows)).toEqual([
      ...new Array(6).fill(30),
      20,
    ]);
  });

  it('finds nothing to do the second time, and keeps everything when it is told so', async () => {
    const { deps, told, stores, model } = aged();

    expect(await keepHouse({ ...deps, retentionDays: 0 })).toEqual({});
    expect(stores.statistics.windowStarts(model.id)).toHaveLength(COUNT);
    await keepHouse(deps);
    told.length = 0;

    expect(await keepHouse(deps)).toEqual({});
    expect(told).toEqual([]);
  });

  it('makes no window due again', async () => {
    const { deps, stores, model } = aged();
    const now = END + 2 * 3_600_000;
    const behind = windowsBehind({ stores, retentionDays: RETENTION_DAYS }, model, now);

    await keepHouse(deps);

    expect(windowsBehind({ stores, retentionDays: RETENTION_DAYS }, model, now)).toEqual(behind);
    expect(behind).toEqual([]);
  });

  it.each([
    ...(Object.keys(ownedTables) as (keyof typeof ownedTables)[]).map(ownedSql),
    referenceSql,
    runsSql.page,
    runsSql.remove,
    interactionsSql,
  ])('never scans a whole table: %s', (sql) => {
    const { client } = openBelow();
    const bound = { owner: 1, beforeMs: NOW, rows: 10, after: 0, last: 9 };

    const plan = client.sqlite.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(bound);

    expect(plan.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
    expect(plan.some(({ detail }) => detail.startsWith('SEARCH'))).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { ModelId, UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import type { ColumnAggregate, ProfilePlan } from '../../src/domain/profile.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import { type Window, windowsBetween } from '../../src/domain/window.ts';
import type { StatisticsEngine } from '../../src/ports/statistics-engine.ts';
import { isReady, runStatistics, type StatisticsDeps } from '../../src/statistics/index.ts';
import { aggregate, WINDOW } from './aggregate.ts';

const model: Model = {
  id: 7 as ModelId,
  revision: 1,
  slug: 'ranker',
  owners: [],
  channel: 'C1',
  latenessMinutes: 60,
  source: { location: 'rows.parquet' },
  timeColumn: 'at',
  zone: 'UTC',
  granularity: 'day',
  declaredKinds: {},
  defaults: {},
  registeredAt: 0,
  registeredBy: 'U1' as UserId,
};
const LANDED_MS = WINDOW.endMs + 60 * 60_000;
const windows = windowsBetween(WINDOW.startMs, WINDOW.startMs + 2 * 864e5, 'UTC', 'day');

/** A store in memory and an engine that answers with the given aggregates for every window asked. */
function working(answer: (window: Window) => ColumnAggregate[], nowMs: number) {
  const stored = new Map<number, readonly ColumnStatistics[]>();
  const plans: ProfilePlan[] = [];
  const profile: StatisticsEngine['profile'] = async (plan, asked) => {
    plans.push(plan);
    return asked.flatMap(answer);
  };
  const deps: StatisticsDeps = {
    engine: {
      timeRange: async () => ({ firstMs: 0, lastMs: nowMs }),
      open: (plan, _, { work }) =>
        work({
          columns: [],
          profile: (asked, options = {}) => profile({ ...plan, ...options }, asked),
          reference: async () => ({ windows: 0, columns: [] }),
        }),
    },
    clock: { now: () => nowMs },
    models: {
      columns: () => [{ name: 'city', role: 'feature', kind: 'categorical' }],
      leftOut: () => [],
      newColumns: () => [],
      putNewColumns: () => undefined,
    },
    transaction: (work) => work(),
    looks: { put: () => undefined, between: () => [] },
    formatInstant: String,
    statistics: {
      replaceWindows: (_, replaced, rows) => {
        for (const { startMs } of replaced)
          stored.set(
            startMs,
            rows.filter((row) => row.window.startMs === startMs),
          );
      },
      window: (_, { startMs }) => stored.get(startMs) ?? [],
      windowSegments: (_, { startMs }) => [...new Set((stored.get(startMs) ?? []).map(({ segment }) => segment))],
      windowStarts: () => [...stored.keys()].toSorted((a, b) => a - b),
      series: () => [],
      states: () => [],
      column: () => [],
      referenceColumn: () => undefined,
      segments: () => [],
      references: () => [],
      referenceColumns: () => [],
      putReference: () => undefined,
      firstWindowStart: () => undefined,
      putTrafficRatios: () => undefined,
    },
  };
  return { deps, stored, plans };
}

const city = (window: Window) => [
  aggregate({
    window,
    column: 'city',
    kind: 'categorical',
    categories: [
      { value: 'Oslo', rows: 9 },
      { value: 'Rome', rows: 0 },
    ],
  }),
];

describe('running statistics', () => {
  it('stores windows that have landed and leaves the others for later', async () => {
    const { deps, stored } = working(city, LANDED_MS);

    const report = await runStatistics(deps, { model, windows });

    expect(report).toMatchObject({ ok: 1, skipped: 1, failed: [] });
    expect([...stored.keys()]).toEqual([WINDOW.startMs]);
  });

  it('asks nothing when no window has landed', async () => {
    const { deps, plans } = working(city, WINDOW.endMs);

    expect(await runStatistics(deps, { model, windows })).toMatchObject({ ok: 0, skipped: 2, failed: [] });
    expect(plans).toEqual([]);
  });

  it('stores the same rows when it runs again', async () => {
    const { deps, stored } = working(city, LANDED_MS);

    await runStatistics(deps, { model, windows });
    const first = structuredClone([...stored]);
    await runStatistics(deps, { model, windows });

    expect([...stored]).toEqual(first);
  });

  it('keeps the categories of the windows that are stored', async () => {
    const { deps, plans } = working(city, LANDED_MS + 2 * 864e5);

    await runStatistics(deps, { model, windows: windows.slice(0, 1) });
    await runStatistics(deps, { model, windows: windows.slice(1) });

    expect(plans.map((plan) => plan.referenceCategories)).toEqual([{}, { city: ['Oslo', 'Rome'] }]);
  });

  it('names the columns that could not be read and stores them without a figure', async () => {
    const broken = (window: Window) => [
      aggregate({ window, column: 'city', mean: null, problems: [{ code: 'unreadable', text: 'broken page' }] }),
      ...city(window),
    ];
    const { deps, stored } = working(broken, LANDED_MS);

    const report = await runStatistics(deps, { model, windows });

    expect(report.failed).toEqual(['2026-03-01 city']);
    expect(stored.get(WINDOW.startMs)?.[0]?.statistics.coverage).toBeNull();
  });

  it('stores nothing when the engine gives up', async () => {
    const { deps, stored } = working(() => {
      throw new Error('disk on fire');
    }, LANDED_MS);

    await expect(runStatistics(deps, { model, windows })).rejects.toThrow('disk on fire');
    expect(stored.size).toBe(0);
  });
});

describe('readiness', () => {
  it.each([
    [LANDED_MS - 1, false],
    [LANDED_MS, true],
  ])('of a window at %i is %s', (nowMs, ready) => {
    expect(isReady(WINDOW, 60, nowMs)).toBe(ready);
  });
});

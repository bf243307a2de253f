import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../src/db/index.ts';
import type { FindingId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import type { Model } from '../../src/domain/model.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import type { Verdict, VoteReason } from '../../src/domain/vote.ts';
import { labelLine, takeBack } from '../../src/feedback/index.ts';
import type { AuditEntry } from '../../src/ports/stores.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { label, seen } from '../builders/labels.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { fakeClock, registeredModel } from '../builders/stores.ts';
import { runDriftbell } from './run-driftbell.ts';

const ANNA = 'U0ANNA001' as UserId;
const BEN = 'U0BEN0001' as UserId;
const PLAN = seriesKey({ column: 'plan', statistic: 'coverage' });
const MIGRATIONS = join(import.meta.dirname, '..', '..', 'drizzle');
const NO = { verdict: 'not_useful', reason: 'false_alarm' } as const;
/** After all that is told and said in these tests. */
const TODAY = day(90).endMs;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-labels-'));
  vi.stubEnv('DRIFTBELL_LOG_LEVEL', 'silent');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A database file in which the models churn and fraud are registered; made, filled and closed. */
function databaseNamed(name: string, more: (database: Database) => void = () => undefined): string {
  const path = join(folder, name);
  fill(path, (database) => {
    registeredModel(database.stores);
    putFraudColumns(database, registeredModel(database.stores, { slug: 'fraud', owners: [ANNA] }));
    more(database);
  });
  return path;
}

function fill(path: string, work: (database: Database) => void): void {
  const database = openDatabase({ path, migrationsFolder: MIGRATIONS });
  work(database);
  database.close();
}

function auditOf(path: string): readonly AuditEntry[] {
  let entries: readonly AuditEntry[] = [];
  fill(path, ({ stores }) => {
    entries = stores.audit.newest(10);
  });
  return entries;
}

function putFraudColumns({ stores }: Database, { id }: Model): void {
  const columns = Array.from(
    { length: 8 },
    (_, place) => ({ name: `c${place}`, role: 'feature', kind: 'numeric' }) as const,
  );
  stores.models.putColumns(id, columns, []);
}

async function fileOf(lines: readonly string[]): Promise<string> {
  const file = join(folder, 'labels.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

async function labels(path: string, ...args: string[]) {
  vi.stubEnv('DRIFTBELL_DATABASE', path);
  return runDriftbell(['labels', ...args], fakeClock(TODAY));
}

async function exported(path: string): Promise<readonly string[]> {
  const { code, out, err } = await labels(path, 'export');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.split('\n').filter((line) => line !== '');
}

/** Votes of all sorts, so that every rule by which they become labels has its say. */
function vote({ stores }: Database): void {
  const [churn, fraud] = stores.models.list();
  if (churn === undefined || fraud === undefined) throw new Error('expected two models');

  function report(model: Model, at: number, series: readonly SeriesKey[]) {
    const findings = series.map((one) => {
      const anomalies = [day(at), day(at + 1)].map((window) => anomaly({ series: one, window }));
      return finding({
        series: one,
        from: day(at),
        to: day(at + 1),
        anomalies,
        worst: anomalies[1] as (typeof anomalies)[0],
      });
    });
    const stored = stores.reports.insert({
      modelId: model.id,
      severity: 'high',
      opened: day(at),
      findings,
    });
    stores.reports.move(stored.id, ['firing'], { state: 'resolved', at: NOW, window: day(at + 1) });
    return stored;
  }
  let at = NOW;
  function cast(
    by: UserId,
    about: ReturnType<typeof report>,
    verdict: Verdict,
    more: { of?: number; reason?: VoteReason } = {},
  ) {
    const { of, reason } = more;
    const findings = about.findings.filter((_, place) => of === undefined || place === of);
    at += 1;
    stores.votes.put({
      ...{ reportId: about.id as ReportId, by, verdict, at, detector: 'paper-1' },
      ...(of !== undefined && { findingId: findings[0]?.id as FindingId }),
      ...(reason && { reason }),
      windows: findings.flatMap(({ id: findingId, series, anomalies }) =>
        anomalies.map(({ window }, place) => ({
          findingId,
          series,
          window,
          isAbove: false,
          seen: seen(2 + place / 3),
        })),
      ),
    });
  }

  const first = report(churn, 1, [seriesKey(), PLAN]);
  cast(USER, first, 'real');
  cast(ANNA, first, 'not_useful', { of: 1, reason: 'false_alarm' });
  const second = report(churn, 5, [seriesKey()]);
  cast(ANNA, second, 'not_useful', { of: 0, reason: 'not_important' });
  cast(BEN, second, 'not_useful', { of: 0, reason: 'not_important' });
  for (let place = 0; place < 8; place += 1) {
    const one = report(fraud, 10 + 3 * place, [seriesKey({ column: `c${place}` })]);
    cast(BEN, one, place % 3 === 0 ? 'real' : 'not_useful', {
      of: 0,
      ...(place % 3 !== 0 && { reason: 'false_alarm' }),
    });
  }
  const window = day(40);
  const said = {
    series: PLAN,
    fromMs: window.startMs,
    toMs: window.endMs,
    verdict: 'real',
    by: USER,
    at: at + 1,
  } as const;
  stores.labels.put(churn.id, { ...said, windows: [{ window, isAbove: false, seen: seen(-1) }] });
}

/** Whoever voted says the opposite. */
function changeMinds({ stores }: Database): void {
  const votes = stores.models.list().flatMap(({ id }) => stores.votes.ofModel(id));
  for (const { reason: _, verdict, at, ...cast } of votes) {
    stores.votes.put({ ...cast, verdict: verdict === 'real' ? 'not_useful' : 'real', at: at + 100 });
  }
}

describe('driftbell labels', () => {
  it('exports what a fresh database imports, and that exports the same lines', async () => {
    const lines = await exported(databaseNamed('voted.sqlite', vote));
    expect(lines).toHaveLength(23);
    const file = await fileOf(lines);
    const fresh = databaseNamed('fresh.sqlite');

    const { code, out } = await labels(fresh, 'import', file);

    expect({ code, out }).toEqual({ code: 0, out: '23 new labels of 2 models taken over.\n' });
    expect((await exported(fresh)).toSorted()).toEqual(lines.toSorted());
    const entry = { by: 'command line', action: 'label.import', subject: 'driftbell' };
    const facts = { file, labels: 23, models: ['churn', 'fraud'] };
    expect(auditOf(fresh)).toEqual([expect.objectContaining({ ...entry, at: TODAY, facts })]);
    // Taken over twice they are the same labels, and no news.
    expect(await labels(fresh, 'import', file)).toMatchObject({ out: 'Nothing is new: 23 labels are here already.\n' });
    expect((await exported(fresh)).toSorted()).toEqual(lines.toSorted());
    expect(auditOf(fresh)).toHaveLength(1);
  });

  it('changes nothing by an import of what it exported itself', async () => {
    const path = databaseNamed('voted.sqlite', vote);
    const lines = await exported(path);
    const file = await fileOf(lines);

    const { code, out } = await labels(path, 'import', file);

    expect({ code, out }).toEqual({ code: 0, out: 'Nothing is new: 23 labels are here already.\n' });
    expect(await exported(path)).toEqual(lines);
  });

  it('counts the newest word of a person, where an older one of theirs was brought along', async () => {
    const path = databaseNamed('voted.sqlite', vote);
    const before = await exported(path);
    const file = await fileOf(before);
    fill(path, changeMinds);
    const after = await exported(path);

    await labels(path, 'import', file);

    expect(after).not.toEqual(before);
    expect(await exported(path)).toEqual(after);
  });

  it('never writes over what was said here by hand', async () => {
    const path = databaseNamed('voted.sqlite', vote);
    const said = (await exported(path)).filter((line) => line.includes('"said:'));
    const older = said.map((line) => JSON.stringify({ ...JSON.parse(line), verdict: 'not_useful', weight: 1 }));
    const before = await exported(path);

    await labels(path, 'import', await fileOf(older));

    expect(said).toHaveLength(1);
    expect(await exported(path)).toEqual(before);
  });

  it('exports nothing that was taken back, and does not bring it back from a file', async () => {
    const path = databaseNamed('voted.sqlite', vote);
    const before = await exported(path);
    const file = await fileOf(before);
    const said = before.filter((line) => line.includes('"said:'));
    fill(path, (database) => {
      const [churn] = database.stores.models.list();
      const [own] = churn === undefined ? [] : database.stores.labels.of(churn.id);
      if (churn === undefined || own === undefined) throw new Error('expected a label');
      takeBack({ stores: database.stores, clock: fakeClock(NOW + 100) }, { model: churn, id: own.id, by: BEN });
    });

    const after = await exported(path);
    await labels(path, 'import', file);

    expect(said).toHaveLength(1);
    expect(after.toSorted()).toEqual(before.filter((line) => !said.includes(line)).toSorted());
    expect(await exported(path)).toEqual(after);
    expect(auditOf(path)[0]).toMatchObject({ action: 'label.undo', by: BEN, facts: { whose: USER } });
  });

  it('counts what is said by hand of windows that had a label brought along', async () => {
    const fresh = databaseNamed('fresh.sqlite');
    const window = { key: day(40).key, startMs: day(40).startMs, endMs: day(40).endMs };
    const own = { ...JSON.parse((await exported(databaseNamed('voted.sqlite', vote)))[0] ?? ''), window };
    await labels(fresh, 'import', await fileOf([JSON.stringify({ ...own, by: [USER], weight: 0.5, verdict: 'real' })]));

    fill(fresh, ({ stores }) => {
      const [churn] = stores.models.list();
      const said = { series: own.series, fromMs: window.startMs, toMs: window.endMs, by: USER, at: own.at + 1 };
      const windows = [{ window, isAbove: own.isAbove, seen: own.seen }];
      if (churn !== undefined) stores.labels.put(churn.id, { ...said, verdict: 'not_useful', windows });
    });

    const told = (await exported(fresh)).map((line) => JSON.parse(line));
    expect(told).toMatchObject([{ verdict: 'not_useful', weight: 2, incident: expect.stringMatching(/^said:/) }]);
  });

  it('counts the dissent of a person whose votes are in both databases once', async () => {
    const both = ({ stores }: Database, people: readonly UserId[]) => {
      const [, fraud] = stores.models.list();
      if (fraud === undefined) throw new Error('expected the model');
      const series = seriesKey({ column: 'c0' });
      const told = anomaly({ series, window: day(1) });
      const found = finding({ series, from: day(1), to: day(1), anomalies: [told], worst: told });
      const of = { modelId: fraud.id, severity: 'high', opened: day(1), findings: [found] } as const;
      const report = stores.reports.insert(of);
      const findingId = report.findings[0]?.id as FindingId;
      const windows = [{ findingId, series, window: day(1), isAbove: false, seen: seen(2) }];
      for (const by of people) {
        const verdict = by === ANNA ? ({ verdict: 'real' } as const) : NO;
        stores.votes.put({ reportId: report.id, findingId, by, ...verdict, at: NOW, detector: 'paper-1', windows });
      }
    };
    const there = await exported(databaseNamed('there.sqlite', (database) => both(database, [ANNA, BEN])));
    const here = databaseNamed('here.sqlite', (database) => both(database, [BEN]));

    await labels(here, 'import', await fileOf(there));

    const [label] = there.map((line) => JSON.parse(line));
    expect(label).toMatchObject({ verdict: 'real', weight: 1, by: [ANNA], dissent: [{ by: BEN, weight: 1 }] });
    expect((await exported(here)).map((line) => JSON.parse(line))).toMatchObject([
      { verdict: 'real', weight: 1, by: [ANNA], dissent: [{ by: BEN, weight: 1 }] },
    ]);
  });

  it('imports nothing of a file with a bad line, and says which', async () => {
    const lines = await exported(databaseNamed('voted.sqlite', vote));
    const file = join(folder, 'labels.jsonl');
    await writeFile(file, `${lines[0]}\n{"model":"churn"}\n`);
    const fresh = databaseNamed('fresh.sqlite');

    const { code, err } = await labels(fresh, 'import', file);

    expect(code).not.toBe(0);
    expect(err).toContain('line 2 of');
    expect(await labels(fresh, 'export')).toMatchObject({ code: 0, out: '' });
  });

  it('says that there are no labels, or of which models there are', async () => {
    const voted = databaseNamed('voted.sqlite', (database) => {
      vote(database);
      registeredModel(database.stores, { slug: 'quiet' });
    });
    const fresh = databaseNamed('fresh.sqlite');

    expect(await labels(fresh, 'export')).toMatchObject({
      ...{ code: 0, out: '' },
      err: expect.stringMatching(/^There are no labels yet: .*\.\n$/),
    });
    expect(await labels(voted, 'export', '--model', 'quiet')).toMatchObject({
      ...{ code: 0, out: '', err: 'There are no labels of quiet; there are some of churn, fraud.\n' },
    });
  });

  it.each([
    [
      'of a column that its model never had',
      { series: seriesKey({ column: 'aeg' }) },
      /in line 2 of \S+ a column that churn has or had, got "aeg"\. Perhaps "age" is meant; the columns are "age", /,
    ],
    [
      'of an hour of a model of days',
      { window: { ...day(3), key: '2026-01-04T00:00Z' } },
      /in line 2 of \S+ a window of one day in UTC, as churn has them, got "2026-01-04T00:00Z"/,
    ],
    [
      'of half a day',
      { window: { ...day(3), endMs: day(3).startMs + 43_200_000 } },
      /the window there is "2026-01-04" from 1767484800000 to 1767571200000/,
    ],
    ['of no time', { window: { key: 'never', startMs: 9e15, endMs: 9e15 } }, /got "never" from .*\. Mend the line\. /],
  ] as const)('imports nothing of a file with a label %s', async (_, change, said) => {
    const line = labelLine(label({ series: seriesKey(), window: day(2) }));
    const wrong = labelLine(label({ ...change }));
    const fresh = databaseNamed('fresh.sqlite');

    const { code, err } = await labels(fresh, 'import', await fileOf([line, wrong]));

    expect(code).toBe(2);
    expect(err).toMatch(said);
    expect(await labels(fresh, 'export')).toMatchObject({ code: 0, out: '' });
  });

  it('takes labels of columns that are gone, but have statistics, and says how many were new', async () => {
    const fresh = databaseNamed('fresh.sqlite', ({ stores }) => {
      const [churn] = stores.models.list();
      if (churn === undefined) throw new Error('expected a model');
      const columns = stores.models.columns(churn.id);
      const of = { window: day(2), segment: '', column: 'age', role: 'feature' } as const;
      const row = { ...of, rows: 5, statistics: {}, problems: [] };
      stores.statistics.replaceWindows(churn.id, [day(2)], [row]);
      stores.models.putColumns(
        churn.id,
        columns.filter(({ name }) => name !== 'age'),
        [],
      );
    });

    const line = labelLine(label());
    const { code, out } = await labels(fresh, 'import', await fileOf([line, line]));

    expect({ code, out }).toEqual({ code: 0, out: '1 new label of 1 model taken over; 1 is here already.\n' });
  });

  it('says of an empty file that it holds no labels', async () => {
    const { code, err } = await labels(databaseNamed('fresh.sqlite'), 'import', await fileOf(['', ' ']));

    expect(code).toBe(2);
    expect(err).toMatch(/got \S+labels\.jsonl, which holds no labels\..*\[file\.unusable\]/);
  });

  it('shows nothing to a terminal that a bad line would do to it', async () => {
    const line = 'x\u001b[2J\u0007\u009b31m\u202e';

    const { err } = await labels(databaseNamed('fresh.sqlite'), 'import', await fileOf([line]));

    expect(err).toContain('x\\u{1b}[2J\\u{7}\\u{9b}31m\\u{202e}');
  });

  it('says of a line that is no JSON that it is none', async () => {
    const file = join(folder, 'labels.jsonl');
    await writeFile(file, 'model,series\n');

    const { code, err } = await labels(databaseNamed('fresh.sqlite'), 'import', file);

    expect(code).not.toBe(0);
    expect(err).toMatch(/line 1 of \S+, which is no JSON: model,series\./);
  });
});

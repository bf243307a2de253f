import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/index.ts';
import type { Detection } from '../../src/domain/anomaly.ts';
import { offsetNames, shiftOf } from '../../src/domain/correction.ts';
import type { StoredDetector } from '../../src/domain/detector.ts';
import { COMMAND_LINE, type FindingId, type ReportId, type UserId } from '../../src/domain/identifiers.ts';
import type { Label } from '../../src/domain/label.ts';
import type { Model } from '../../src/domain/model.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import type { Window } from '../../src/domain/window.ts';
import { bringLabels, learn, pin, rollback, unpin } from '../../src/feedback/index.ts';
import type { LearnDeps } from '../../src/feedback/learning/learn.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { fitContext } from '../../src/tensorflow/index.ts';
import { day, detectionsOf, seriesKey } from '../builders/detections.ts';
import { label, seen } from '../builders/labels.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { fakeClock, memoryDatabase, registeredModel } from '../builders/stores.ts';

let database: Database;
let model: Model;
let deps: LearnDeps;
let clock: ReturnType<typeof fakeClock>;
let detector: StoredDetector;
const AGE = seriesKey();
const PLAN = seriesKey({ column: 'plan', statistic: 'coverage' });

beforeEach(() => {
  database = memoryDatabase();
  const { stores } = database;
  model = registeredModel(stores);
  clock = fakeClock();
  const manifest = {
    name: 'paper-1',
    configuration: 'paper' as const,
    historyWindows: 28,
    seed: 1,
    trainedOn: '',
    quality: [],
    checksum: 'c1',
  };
  detector = stores.detectors.put(manifest, '/detector', NOW);
  const base = Array.from({ length: 60 }, (_, index) => ({
    seen: seen(index % 2 === 0 ? 6 : 0.5),
    isReal: index % 2 === 0,
  }));
  deps = {
    ...{ stores, detector, clock, random: createSeededRandom },
    learner: {
      baseSet: async () => ({ replayed: base, frozen: base }),
      fitNetwork: (rows, seed, signal) => fitContext(rows, { random: createSeededRandom(seed), signal }),
    },
    see: (_, detections) => detections.map(() => seen(2)),
  };
});

afterEach(() => database.close());

/** A report of one finding at a day, resolved at once, with the vote of a person. */
function incident(at: number, series: SeriesKey, verdict: 'real' | 'not_useful', by: UserId = USER): ReportId {
  const { stores } = database;
  const worst = anomaly({ series, window: day(at), value: 900 });
  const one = finding({ series, from: day(at), to: day(at), worst, anomalies: [worst] });
  const { id, findings } = stores.reports.insert({
    modelId: model.id,
    severity: 'high',
    opened: day(at),
    findings: [one],
  });
  stores.reports.move(id, ['firing'], { state: 'resolved', at: NOW, window: day(at) });
  const findingId = findings[0]?.id as FindingId;
  const windows = [{ findingId, series, window: day(at), isAbove: true, seen: seen(2) }];
  const reason = verdict === 'not_useful' ? { reason: 'false_alarm' as const } : {};
  clock.set(clock.now() + 1);
  stores.votes.put({ reportId: id, findingId, by, verdict, ...reason, at: clock.now(), windows, detector: 'paper-1' });
  return id;
}

/** A label of another database, which nobody here has said anything of. */
function bring(series: SeriesKey, told: Pick<Label, 'window' | 'at'> & Partial<Label>) {
  const incident = `report:elsewhere:${told.window.key}`;
  const one = label({ series, incident, by: ['U0BEN0001' as UserId], ...told });
  const labels = [{ label: one, place: 'line 1 of labels.jsonl' }];
  return bringLabels(deps, { labels, modelOf: () => model, file: 'labels.jsonl', by: COMMAND_LINE });
}

/** Age is a false alarm each time, plan is real each time. */
function eightIncidents(): readonly ReportId[] {
  return Array.from({ length: 8 }, (_, index) =>
    incident(index, index % 2 === 0 ? AGE : PLAN, index % 2 === 0 ? 'not_useful' : 'real'),
  );
}

/** A window of plan outside its band and quiet. */
function outside(window: Window): readonly Detection[] {
  const [one] = detectionsOf([3], PLAN);
  const { rule: _, ...quiet } = { ...(one as Detection), window, isAnomaly: false };
  return [quiet];
}

const inForce = () => database.stores.corrections.inForce(detector.id)?.version;
const placeOf = (series: SeriesKey) => label({ series });
const shift = (series: SeriesKey) => {
  const correction = inForce()?.correction;
  return correction === undefined ? 0 : shiftOf(correction, seen(2), placeOf(series));
};

describe('learning from votes', () => {
  it('says what is missing and does nothing with too few labels', async () => {
    incident(0, AGE, 'not_useful');

    expect(await learn(deps)).toEqual({
      step: 'nothing',
      reason: '1 incident has labels, and at least 6 are needed',
      lifted: 0,
      expected: 0,
    });
    expect(database.stores.corrections.list(detector.id)).toEqual([]);
  });

  it('promotes what is better on votes, and tells it in each voted thread', async () => {
    const reports = eightIncidents();

    const outcome = await learn(deps);

    expect(outcome).toMatchObject({
      step: 'promoted',
      number: 1,
      report: { incidents: 8, voters: 1, quieter: 4, findings: 8 },
    });
    expect(shift(AGE)).toBeLessThan(-1);
    expect(shift(PLAN)).toBeGreaterThan(0);
    const notes = database.stores.outbox.due(Number.MAX_SAFE_INTEGER, 50).filter(({ kind }) => kind === 'note');
    expect(notes.flatMap((note) => ('reportId' in note ? [note.reportId] : [])).toSorted()).toEqual(reports.toSorted());
    expect(JSON.stringify(notes[0])).toContain(
      '1 vote of this report learned. Version 1 of the detector is in force: 4 of the 8 findings',
    );
  });

  it('learns the same from the same votes and seed', async () => {
    eightIncidents();
    const first = await learn(deps, { isDryRun: true });
    const second = await learn(deps, { isDryRun: true });

    expect(second).toEqual(first);
    expect(database.stores.corrections.list(detector.id)).toEqual([]);
    expect(database.stores.outbox.due(Number.MAX_SAFE_INTEGER, 50)).toEqual([]);
  });

  it('has nothing to learn twice, and learns on from new votes', async () => {
    eightIncidents();
    await learn(deps);

    expect(await learn(deps)).toEqual({
      step: 'nothing',
      reason: 'nobody has voted since the last time',
      lifted: 0,
      expected: 0,
    });

    for (const at of [20, 21, 22]) incident(at, AGE, 'not_useful');
    expect(await learn(deps)).toMatchObject({ step: expect.stringMatching(/promoted|refused/), number: 2 });
  });

  it('learns from labels that were brought along since, whenever they were said, and once', async () => {
    const days = [20, 21, 22].map(day);
    const bringAll = () => {
      clock.set(clock.now() + 1);
      return days.flatMap((window) => bring(AGE, { window, seen: seen(2), at: NOW - 86_400_000 }));
    };
    eightIncidents();
    await learn(deps);

    expect(bringAll()).toHaveLength(3);
    expect(await learn(deps)).toMatchObject({ number: 2, report: { incidents: 11, untilMs: clock.now() } });

    expect(bringAll()).toEqual([]);
    expect(await learn(deps)).toMatchObject({ step: 'nothing', reason: 'nobody has voted since the last time' });
  });

  it('says that nothing usable came of votes of which no windows are kept', async () => {
    const [reportId] = eightIncidents();
    await learn(deps);
    clock.set(clock.now() + 1);
    const useless = { by: 'U0BEN0001' as UserId, verdict: 'real' as const, at: clock.now(), windows: [] };
    database.stores.votes.put({ reportId: reportId as ReportId, ...useless });

    expect(await learn(deps)).toMatchObject({
      step: 'nothing',
      reason: 'nothing usable came of the votes since the last time',
    });
  });

  it('tells a series more easily once missed incidents were named, and says how many windows that would have meant', async () => {
    const { stores } = database;
    eightIncidents();
    const missed = [20, 30, 40, 50].map(day);
    for (const window of [...missed, day(60)]) {
      stores.detections.replaceWindow(model.id, window, outside(window), 'paper-1');
    }
    for (const window of missed) {
      const windows = [{ window, isAbove: true, seen: seen(-1) }];
      const span = { fromMs: window.startMs, toMs: window.endMs };
      clock.set(Math.max(clock.now() + 1, day(70).startMs));
      stores.labels.put(model.id, { series: PLAN, ...span, verdict: 'real', by: USER, at: clock.now(), windows });
    }

    const outcome = await learn({ ...deps, see: (_, detections) => detections.map(() => seen(-2)) });

    expect(outcome).toMatchObject({ step: 'promoted', report: { louder: 4 } });
    expect(inForce()?.correction.raises).toEqual({ [offsetNames(placeOf(PLAN)).series]: expect.closeTo(0.5, 1) });
  });

  it('keeps a candidate that is no better, with the reason, and what was in force', async () => {
    // The same pattern is as often real as not: there is nothing in the votes to learn.
    for (let at = 0; at < 12; at += 1) incident(at, AGE, at % 2 === 0 ? 'real' : 'not_useful');

    const outcome = await learn(deps);

    expect(outcome).toMatchObject({
      step: 'refused',
      report: { reasons: [expect.stringContaining('not clearly better')] },
    });
    expect(shift(AGE)).toBe(0);
    expect(inForce()?.number).toBe(0);
    expect(database.stores.corrections.list(detector.id).map(({ state }) => state)).toEqual(['refused', 'active']);
  });

  it.each([false, true])(
    'keeps nothing that is no numbers, and names the label that it comes of (dry run: %s)',
    async (isDryRun) => {
      eightIncidents();
      bring(AGE, { window: day(20), seen: seen(-1e308), at: NOW });

      await expect(learn(deps, { isDryRun })).rejects.toMatchObject({
        code: 'learning.failed',
        message: expect.stringContaining(
          `from the label of age.mean of churn in ${day(20).key} by U0BEN0001, whose seen.evidence is -1e+308. Mend its line`,
        ),
      });
      expect(database.stores.corrections.list(detector.id)).toEqual([]);
    },
  );

  it('cannot silence a model by fifty votes of one hostile person', async () => {
    const hostile = 'U0HOSTILE' as UserId;
    const columns = ['age', 'plan', 'score'];
    for (let at = 0; at < 50; at += 1)
      incident(at, seriesKey({ column: columns[at % 3] ?? '' }), 'not_useful', hostile);

    await learn(deps);

    const correction = inForce()?.correction;
    const unvoted = label({ series: seriesKey({ column: 'city' }) });
    expect(correction === undefined ? 0 : shiftOf(correction, seen(2), unvoted)).toBe(0);
    for (const column of columns) {
      const strong = 9;
      const moved = strong + shift(seriesKey({ column })) / (correction?.slope ?? 0.5);
      expect(moved).toBeGreaterThan(0);
    }
  });

  it('has changed nothing when it is stopped in the middle', async () => {
    eightIncidents();
    const stop = new AbortController();
    const see: LearnDeps['see'] = (...given) => {
      stop.abort();
      return deps.see(...given);
    };
    const stopped = learn({ ...deps, see }, { signal: stop.signal });

    await expect(stopped).rejects.toThrow();
    expect(database.stores.corrections.list(detector.id)).toEqual([]);
    expect(database.stores.outbox.due(Number.MAX_SAFE_INTEGER, 50)).toEqual([]);
  });

  it('has changed nothing when the promotion itself fails half way', async () => {
    eightIncidents();
    const { stores } = database;
    const outbox = {
      ...stores.outbox,
      add: () => {
        throw new Error('the process was killed');
      },
    };

    await expect(learn({ ...deps, stores: { ...stores, outbox } })).rejects.toThrow('the process was killed');
    expect(stores.corrections.list(detector.id)).toEqual([]);
  });
});

describe('versions of a detector', () => {
  const versions = () => ({ stores: database.stores, detector, clock });

  it('go back at once, and forward to a named one', async () => {
    eightIncidents();
    await learn(deps);
    const learned = shift(AGE);

    expect(rollback(versions(), { by: USER }).number).toBe(0);
    expect(shift(AGE)).toBe(0);
    expect(rollback(versions(), { by: USER, to: 1 }).number).toBe(1);
    expect(shift(AGE)).toBe(learned);
    expect(() => rollback(versions(), { by: USER, to: 9 })).toThrow('Expected version 0, got version 9');
  });

  it('that are pinned stay, until they are unpinned', async () => {
    eightIncidents();
    await learn(deps);
    pin(versions(), { by: USER, number: 0 });
    for (const at of [20, 21, 22]) incident(at, AGE, 'not_useful');

    expect(await learn(deps)).toMatchObject({
      step: 'nothing',
      reason: expect.stringContaining('version 0 is pinned'),
    });

    unpin(versions(), { by: USER });
    expect(await learn(deps)).not.toMatchObject({ step: 'nothing' });
  });

  it('cannot go back before anything was learned', () => {
    expect(() => rollback(versions(), { by: USER })).toThrow('a detector that has learned something');
  });
});

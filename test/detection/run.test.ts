import { describe, expect, it } from 'vitest';
import { viewWindows } from '../../src/detection/judgement-rows.ts';
import { runDetection } from '../../src/detection/run.ts';
import type { Detection } from '../../src/domain/anomaly.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { Series, SeriesKey } from '../../src/domain/series.ts';
import type { ColumnStatistics } from '../../src/domain/statistic.ts';
import { shiftWindow, type Window, windowAt } from '../../src/domain/window.ts';
import type { Detector, JudgementBatch } from '../../src/ports/detector.ts';

const zone = 'America/New_York';
const model = { id: 1 as ModelId, zone, granularity: 'day' as const };
/** A Wednesday; the clocks changed on the Sunday before. */
const window = windowAt(Date.UTC(2026, 2, 11, 12), zone, 'day');

/** The band is the mean of the history plus and minus 1; every value outside it is likely. */
function meanDetector(seen: JudgementBatch[] = []): Detector {
  return {
    manifest: {
      name: 'mean',
      configuration: 'paper',
      historyWindows: 28,
      seed: 0,
      trainedOn: '',
      quality: [],
      checksum: '',
    },
    judge: async (batch) => {
      seen.push(batch);
      const baseline = Float64Array.from({ length: batch.count }, (_, row) => {
        return batch.histories.subarray(row * 28, (row + 1) * 28).reduce((sum, value) => sum + value, 0) / 28;
      });
      const score = new Float64Array(batch.count).fill(0.9);
      const unknown = new Float64Array(batch.count).fill(Number.NaN);
      const band = { lower: baseline.map((b) => b - 1), upper: baseline.map((b) => b + 1) };
      return { baseline, ...band, score, severity: unknown, tail: unknown };
    },
    close: async () => {},
  };
}

function key(statistic: SeriesKey['statistic'], role: SeriesKey['role'] = 'feature'): SeriesKey {
  return { segment: '', column: role === 'traffic' ? '*' : 'age', role, statistic };
}

/** `values` end at the judged window; null leaves a window out. */
function seriesOf(seriesKey: SeriesKey, values: readonly (number | null)[]): Series {
  const points = values.flatMap((value, index) => {
    const at = shiftWindow(window, index - values.length + 1, zone, 'day');
    return value === null ? [] : [{ window: at, value, rows: 100 }];
  });
  return { key: seriesKey, points };
}

function storesOf(series: readonly Series[], rows: readonly ColumnStatistics[] = []) {
  const stored: { window: Window; detections: readonly Detection[]; detector: string }[] = [];
  return {
    stored,
    statistics: {
      series: () => series,
      states: () => [],
      window: (_: ModelId, of: Window) => (of.startMs === window.startMs ? rows : []),
    },
    detections: {
      anomalies: () => [],
      between: () => [],
      replaceWindow: (_: ModelId, of: Window, detections: readonly Detection[], detector: string) => {
        stored.push({ window: of, detections, detector });
      },
    },
  };
}

const JUDGING = {
  ...{ omittedWindows: 3, leastKnownWindows: 7, masksAnomalies: false },
  ...{ relearnWindows: 0, flatWindows: 5, tailThreshold: 0.001 },
};

const month = (value: number): number[] => new Array<number>(28).fill(value);

describe('runDetection', () => {
  it('judges series with a complete history and stores the detections of the window', async () => {
    const calm = seriesOf(key('mean'), [...month(5), 5.5]);
    const jump = seriesOf(key('q50'), [...month(5), 9]);
    const stores = storesOf([calm, jump]);

    const report = await runDetection(
      { ...stores, detector: meanDetector() },
      { model, window, keys: [calm.key, jump.key] },
    );

    expect(report).toMatchObject({ judged: 2, tooLittleHistory: 0, anomalies: 1 });
    expect(report.detections[1]).toMatchObject({
      value: 9,
      isAnomaly: true,
      rule: 'band',
      score: 0.9,
      forecast: { baseline: 5, lower: 4, upper: 6 },
    });
    expect(stores.stored).toEqual([{ window, detections: report.detections, detector: 'mean' }]);
  });

  it('hands over the history oldest first, across a change of the clocks, with the weekday of the zone', async () => {
    const seen: JudgementBatch[] = [];
    const series = seriesOf(
      key('mean'),
      Array.from({ length: 29 }, (_, index) => index),
    );

    await runDetection({ ...storesOf([series]), detector: meanDetector(seen) }, { model, window, keys: [series.key] });

    expect([...(seen[0]?.histories ?? [])]).toEqual(Array.from({ length: 28 }, (_, index) => index));
    expect([...(seen[0]?.daysOfWeek ?? [])]).toEqual([2]);
  });

  it('gives no forecast to a young series or one with a gap, and counts it', async () => {
    const young = seriesOf(key('mean'), [5, 5, 9]);
    const gap = seriesOf(
      key('q50'),
      [...month(5).slice(1), null, 9].map((value, index) => (index === 3 ? null : value)),
    );
    const absent = seriesOf(key('q99'), [...month(5), null]);

    const report = await runDetection(
      { ...storesOf([young, gap, absent]), detector: meanDetector() },
      { model, window, keys: [young.key, gap.key, absent.key] },
    );

    expect(report).toMatchObject({ judged: 0, tooLittleHistory: 2, anomalies: 0 });
    for (const detection of report.detections) expect(detection).not.toHaveProperty('forecast');
    expect(report.detections[2]).toMatchObject({ value: null, rows: 0, isAnomaly: false });
  });

  it('judges 14 to 27 known windows with the pair for short histories, and none below', async () => {
    const short: JudgementBatch[] = [];
    const of = (statistic: SeriesKey['statistic'], known: number, before: readonly (number | null)[] = []) =>
      seriesOf(key(statistic), [...before, ...new Array<number>(known).fill(5), 9]);
    const series = [of('q01', 13), of('q05', 14), of('q25', 27), of('q50', 28), of('q75', 20, [5, 5, null])];
    const detector: Detector = {
      ...meanDetector(),
      shortTerm: {
        historyWindows: 14,
        judge: async (batch) => {
          short.push(batch);
          return meanDetector().judge({ ...batch, histories: new Float64Array(batch.count * 28).fill(5) });
        },
      },
    };

    const report = await runDetection(
      { ...storesOf(series), detector },
      { model, window, keys: series.map((one) => one.key) },
    );

    expect(report).toMatchObject({ judged: 4, tooLittleHistory: 1, anomalies: 4 });
    expect(report.detections.map((detection) => detection.forecast?.baseline)).toEqual([undefined, 5, 5, 5, 5]);
    expect(short.map((batch) => [batch.count, batch.histories.length])).toEqual([[3, 42]]);
  });

  it('needs no forecast to see that everything is missing, default or gone', async () => {
    const coverage = seriesOf(key('coverage'), [0]);
    const missing = seriesOf(key('missing_rate'), [1]);
    const traffic = seriesOf(key('traffic', 'traffic'), [90, 0]);
    const rows: ColumnStatistics[] = [
      { window, segment: '', column: 'age', role: 'feature', rows: 100, statistics: { missing_rate: 1 }, problems: [] },
    ];

    const report = await runDetection(
      { ...storesOf([coverage, missing, traffic], rows), detector: meanDetector() },
      { model, window, keys: [coverage.key, missing.key, traffic.key] },
    );

    expect(report.detections.map((detection) => detection.rule)).toEqual(['all_missing', 'all_missing', 'no_rows']);
    expect(report.anomalies).toBe(3);
  });

  it('keeps how severe and how rare each window is, and decides by the rarity that was learned', async () => {
    const plain = meanDetector();
    const detector: Detector = {
      ...plain,
      manifest: { ...plain.manifest, configuration: 'driftbell', judging: JUDGING },
      judge: async (batch) => ({
        ...(await plain.judge(batch)),
        severity: new Float64Array(batch.count).fill(4),
        tail: new Float64Array(batch.count).fill(0.0008),
      }),
    };
    const level = seriesOf(key('mean'), [...month(5), 9]);
    const rate = seriesOf(key('coverage'), [...month(5), 9]);
    const deps = { ...storesOf([level, rate]), detector };
    const input = { model, window, keys: [level.key, rate.key] };

    const shipped = await runDetection(deps, input);
    const learned = await runDetection({ ...deps, tailFactors: () => ({ rate: 2 }) }, input);

    const asShipped = { severity: 4, tail: 0.0008, isAnomaly: true };
    expect(shipped.detections).toMatchObject([asShipped, asShipped]);
    expect(shipped.detections[1]).not.toHaveProperty('nominalTail');
    expect(learned.detections).toMatchObject([
      asShipped,
      { severity: 4, tail: 0.0016, nominalTail: 0.0008, isAnomaly: false },
    ]);
  });

  it('takes a default that comes and goes for a way of the column, unless somebody declared it', async () => {
    const coverage = seriesOf(key('coverage'), [...month(1).with(9, 0).with(20, 0), 0]);
    const deps = { ...storesOf([coverage]), detector: meanDetector() };
    const input = { window, keys: [coverage.key] };

    const own = await runDetection(deps, { ...input, model });
    const declared = await runDetection(deps, { ...input, model: { ...model, defaults: { age: -200 } } });

    expect([own, declared].map(({ detections }) => detections[0]?.rule)).toEqual([undefined, 'all_default']);
  });

  it('says of a detector with rules of its own that values and rows have collapsed, where its band says nothing', async () => {
    const coverage = seriesOf(key('coverage'), [...month(1), 0.25]);
    const traffic = seriesOf(key('traffic', 'traffic'), [...month(50), 20]);
    const keys = [coverage.key, traffic.key];
    const { judge, ...quiet } = meanDetector();
    const wide = async (batch: JudgementBatch) => {
      const { count } = batch;
      const unlikely = new Float64Array(count).fill(0.5);
      return { ...(await judge(batch)), tail: unlikely, severity: unlikely };
    };
    const detector = { ...quiet, judge: wide, manifest: { ...quiet.manifest, judging: JUDGING } };
    const input = { window, keys, model: { ...model, defaults: { age: -200 } } };

    const own = await runDetection({ ...storesOf([coverage, traffic]), detector }, input);
    const paper = await runDetection({ ...storesOf([coverage, traffic]), detector: meanDetector() }, input);

    expect(own.detections).toMatchObject([
      { isAnomaly: true, rule: 'collapsed', note: '75 % of the values missing or the default, usually 0 %' },
      { isAnomaly: true, rule: 'collapsed', note: 'only 20 rows, usually at least 50' },
    ]);
    expect(paper.detections.map(({ rule }) => rule)).toEqual([undefined, 'band']);
  });

  it('masks what an outage took of the windows beside it, where a series counts missing values', async () => {
    // The outage of days 10 and 11 began in the evening of day 9.
    const values = [...month(1).with(9, 0.8).with(10, 0).with(11, 0), 1];
    const outage = [10, 11].map((at) => {
      const forecast = { baseline: 1, lower: 0.9, upper: 1 };
      const day = shiftWindow(window, at - 28, zone, 'day');
      return { window: day, value: 0, rows: 100, forecast, isAnomaly: true as const, rule: 'all_default' as const };
    });
    const series = (['coverage', 'missing_rate'] as const).map((statistic) => seriesOf(key(statistic), values));
    const judging = { ...JUDGING, masksAnomalies: true };
    const hiddenOf = async (defaults: Readonly<Record<string, number>>) => {
      const seen: JudgementBatch[] = [];
      const detector = meanDetector(seen);
      const stores = storesOf(series);
      const anomalies = () => series.flatMap((one) => outage.map((each) => ({ ...each, series: one.key })));
      await runDetection(
        {
          ...{ ...stores, detections: { ...stores.detections, anomalies } },
          detector: { ...detector, manifest: { ...detector.manifest, judging } },
        },
        { window, keys: series.map((one) => one.key), model: { ...model, defaults } },
      );
      const places = [0, 1].map((row) => [...(seen[0]?.histories.subarray(row * 28, (row + 1) * 28).entries() ?? [])]);
      return places.map((row) => row.filter(([, value]) => Number.isNaN(value)).map(([at]) => at));
    };

    expect(await hiddenOf({ age: -200 })).toEqual([
      [9, 10, 11],
      [9, 10, 11],
    ]);
    expect(await hiddenOf({})).toEqual([
      [10, 11],
      [9, 10, 11],
    ]);
  });

  it('does not look at days on which the source stood still, once it is back, and hears it stop again', async () => {
    const rows = [...month(40).fill(0, 0, 21), 0];
    const traffic = seriesOf(key('traffic', 'traffic'), rows);
    const segment = { ...traffic, key: { ...traffic.key, segment: 'de' } };
    const look = { state: 'missing' as const, text: 'no rows', rows: 0, window, atMs: 0, sameSinceMs: 0 };
    const rulesOf = async (judging: typeof JUDGING, of = traffic) => {
      const seen: JudgementBatch[] = [];
      const detector = meanDetector(seen);
      const { detections } = await runDetection(
        { ...storesOf([of]), detector: { ...detector, manifest: { ...detector.manifest, judging } } },
        { window, keys: [of.key], model, ...(of === traffic ? { look } : {}) },
      );
      return { rule: detections[0]?.rule, known: seen[0]?.histories.filter((count) => !Number.isNaN(count)).length };
    };

    expect(await rulesOf({ ...JUDGING, leastKnownWindows: 4, masksAnomalies: true })).toEqual({
      rule: 'no_rows',
      known: 7,
    });
    expect(await rulesOf({ ...JUDGING, leastKnownWindows: 4, masksAnomalies: true }, segment)).toMatchObject({
      known: 28,
    });
    expect(await rulesOf(JUDGING)).toEqual({ rule: undefined, known: 28 });
  });

  it('looks at all days of an hour: one without rows on most days is a rhythm, and no stop', () => {
    const traffic = seriesOf(key('traffic', 'traffic'), [...month(40).fill(0, 0, 21), 0]);
    const starts = traffic.points.slice(0, -1).map((point) => point.window.startMs);
    const knownOf = (granularity: 'day' | 'hour') => {
      const [view] = viewWindows([traffic], window, starts, { granularity, judging: { masksAnomalies: true } });
      return view?.history.filter((rows) => rows !== null).length;
    };

    expect([knownOf('day'), knownOf('hour')]).toEqual([7, 28]);
  });

  it('takes nothing but a default for chance in a handful of rows', async () => {
    const few = { key: key('coverage'), points: [{ window, value: 0, rows: 9 }] };
    const many = { key: key('coverage'), points: [{ window, value: 0, rows: 10 }] };
    const ruleOf = async (coverage: Series, defaults: Readonly<Record<string, number>>) => {
      const deps = { ...storesOf([coverage]), detector: meanDetector() };
      const { detections } = await runDetection(deps, { window, keys: [coverage.key], model: { ...model, defaults } });
      return detections[0]?.rule;
    };

    expect(await ruleOf(few, {})).toBeUndefined();
    expect(await ruleOf(many, {})).toBe('all_default');
    expect(await ruleOf(few, { age: -200 })).toBe('all_default');
  });

  it('keeps no rarity from a detector without a calibration', async () => {
    const jump = seriesOf(key('mean'), [...month(5), 9]);

    const report = await runDetection(
      { ...storesOf([jump]), detector: meanDetector() },
      { model, window, keys: [jump.key] },
    );

    for (const name of ['severity', 'tail', 'nominalTail']) expect(report.detections[0]).not.toHaveProperty(name);
  });

  it('forgets what was before a new normal of the one series that has it', async () => {
    const shifted = seriesOf(key('mean'), [...month(5), 9]);
    const other = seriesOf(key('q50'), [...month(5), 9]);
    const newNormal = { fromMs: shiftWindow(window, -10, zone, 'day').startMs, saidMs: window.endMs };
    const marks = () => (of: SeriesKey) => (of.statistic === 'mean' ? { newNormal, expected: [] } : undefined);

    const report = await runDetection(
      { ...storesOf([shifted, other]), detector: meanDetector(), marks },
      { model, window, keys: [shifted.key, other.key] },
    );

    expect(report).toMatchObject({ judged: 1, tooLittleHistory: 1, anomalies: 1 });
    expect(report.detections.map(({ isAnomaly }) => isAnomaly)).toEqual([false, true]);
  });

  it('stores what was learned of a window, made from its detections and their histories', async () => {
    const jump = seriesOf(key('mean'), [...month(5), 9]);
    const stores = storesOf([jump]);
    const histories: (readonly (number | null)[])[] = [];

    const report = await runDetection(
      {
        ...{ ...stores, detector: meanDetector() },
        learned: (detections, { historyOf }) => {
          histories.push(historyOf(jump.key));
          return detections.map(({ rule: _, ...one }) => ({ ...one, isAnomaly: false }));
        },
      },
      { model, window, keys: [jump.key] },
    );

    expect(histories).toEqual([month(5)]);
    expect(report.anomalies).toBe(0);
    expect(stores.stored[0]?.detections).toEqual(report.detections);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  calibrationCorpus,
  drawCorpus,
  driftbellCorpus,
  judgeSeries,
  runDetection,
} from '../../src/detection/index.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { kindIndex, kindRange, statisticKinds } from '../../src/domain/statistic-kind.ts';
import { windowAt } from '../../src/domain/window.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Detector, JudgementBatch } from '../../src/ports/detector.ts';
import { createDetector } from '../../src/tensorflow/index.ts';

let detector: Detector;
beforeAll(async () => {
  detector = await createDetector('detectors/driftbell', { threads: 0, backend: 'plain' });
});
afterAll(() => detector.close());

const HISTORY = 28;

/** Level 50, a week of 5 up and down, normal noise of 1. */
function weekly(seed: number, length: number, change = (value: number, _at: number) => value): Float64Array {
  const random = createSeededRandom(seed);
  return Float64Array.from({ length }, (_, at) => {
    return change(50 + 5 * Math.sin((2 * Math.PI * at) / 7) + random.normal(), at);
  });
}

function gridOf(values: Float64Array) {
  return { values, daysOfWeek: Uint8Array.from(values, (_, at) => at % 7) };
}

const judgeAll = (series: readonly Float64Array[]) => judgeSeries(detector, series.map(gridOf), { stride: 1 });

/** The window after each of some weekly histories, 0 to 9 deviations above what it was. */
function oddWindows(map: (value: number) => number): JudgementBatch {
  const count = 30;
  const histories = new Float64Array(count * HISTORY);
  const values = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const series = weekly(row, HISTORY + 1);
    histories.set(series.subarray(0, HISTORY).map(map), row * HISTORY);
    values[row] = map((series[HISTORY] ?? 0) + (row % 10));
  }
  return { count, histories, values, daysOfWeek: new Uint8Array(count) };
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  for (let at = 0; at < expected.length; at += 1) {
    const [is, should] = [found[at] ?? Number.NaN, expected[at] ?? Number.NaN];
    expect(Math.abs(is - should)).toBeLessThanOrEqual(tolerance * (Math.abs(should) + 1e-9));
  }
}

describe('the shipped detector of our own', () => {
  it.each([1e-9, 1e-4, 1e5, 1e12])('judges alike in units of %d', async (unit) => {
    const plain = await detector.judge(oddWindows((value) => value));
    const scaled = await detector.judge(oddWindows((value) => value * unit));

    expectNear(scaled.severity, plain.severity, 1e-4);
    expectNear(
      scaled.upper.map((bound) => bound / unit),
      plain.upper,
      1e-5,
    );
  });

  it('moves its band with the series', async () => {
    const plain = await detector.judge(oddWindows((value) => value));
    const moved = await detector.judge(oddWindows((value) => 3 * value - 400));

    expectNear(moved.severity, plain.severity, 1e-3);
    for (const part of ['baseline', 'lower', 'upper'] as const) {
      expectNear(
        moved[part],
        plain[part].map((value) => 3 * value - 400),
        1e-4,
      );
    }
  });

  it('gives an ordered, finite band within the range and a probability, for any input', async () => {
    const finite = fc.oneof(
      fc.double({ min: -1e308, max: 1e308, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 1, -1, 5e-324, 1e308, -1e308),
    );
    const known = fc.oneof(
      { weight: 2, arbitrary: fc.array(finite, { minLength: 25, maxLength: 25 }) },
      { weight: 1, arbitrary: finite.map((value) => new Array<number>(25).fill(value)) },
    );
    const holes = fc.array(fc.integer({ min: 0, max: 24 }), { maxLength: 18 });
    const hole = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const rows = fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 1e9 }));
    await fc.assert(
      fc.asyncProperty(
        fc.record({ known, holes, hole, value: finite, rows, kind: fc.constantFrom(...statisticKinds) }),
        async (given) => {
          const history = [...given.known, 7, Number.NaN, -7];
          for (const at of given.holes) history[at] = given.hole;
          const { baseline, lower, upper, score, severity, tail } = await detector.judge({
            count: 1,
            histories: Float64Array.from(history),
            values: Float64Array.of(given.value),
            daysOfWeek: Uint8Array.of(2),
            rows: Float64Array.of(given.rows),
            kinds: Uint8Array.of(kindIndex(given.kind)),
          });
          const band = [lower[0], baseline[0], upper[0]].map((bound) => bound ?? Number.NaN);
          const { lowest, highest } = kindRange(given.kind);
          expect(band.every(Number.isFinite)).toBe(true);
          expect(band).toEqual(band.toSorted((a, b) => a - b));
          expect(Math.min(...band)).toBeGreaterThanOrEqual(lowest);
          expect(Math.max(...band)).toBeLessThanOrEqual(highest);
          expect(severity[0]).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(severity[0])).toBe(true);
          for (const share of [score[0], tail[0]]) expect(share).toSatisfy((one: number) => one >= 0 && one <= 1);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is silent on healthy series at the rate that it states', async () => {
    const options = { ...calibrationCorpus(driftbellCorpus), series: 200, windows: 130, faultShare: 0 };
    // A shift is to be found, whether it is a fault or not.
    const clean = drawCorpus({ ...options, without: ['shifted'] }, createSeededRandom(20_260));

    const judged = await judgeSeries(detector, clean, { stride: 1 });

    const windows = judged.reduce((sum, { score }) => sum + score.filter((one) => !Number.isNaN(one)).length, 0);
    const anomalies = judged.reduce((sum, grid) => sum + grid.anomalies.reduce((a, flag) => a + flag, 0), 0);
    expect(windows).toBeGreaterThan(20_000);
    expect(anomalies / windows).toBeLessThan(3 * (detector.manifest.judging?.tailThreshold ?? 0));
  });
});

const SEEDS = Array.from({ length: 20 }, (_, seed) => 100 + seed);
const ONSET = 60;

describe('after a shift', () => {
  const shifted = SEEDS.map((seed) => weekly(seed, 110, (value, at) => (at < ONSET ? value : value + 15)));

  it('keeps the alert while the windows that it passes over turn bad, and is quiet from day 15 on', async () => {
    const judged = await judgeAll(shifted);

    const flags = (from: number, to: number) =>
      judged.reduce((sum, { anomalies }) => sum + anomalies.subarray(from, to).reduce((a, flag) => a + flag, 0), 0);
    expect(flags(ONSET, ONSET + 4)).toBeGreaterThanOrEqual(0.9 * 4 * SEEDS.length);
    expect(flags(ONSET + 15, 110)).toBeLessThanOrEqual(0.01 * (110 - ONSET - 15) * SEEDS.length);
  });

  it('says of every window the same before and after the later ones have come', async () => {
    const whole = await judgeAll(shifted.slice(0, 4));

    for (const length of [61, 66, 75]) {
      const part = await judgeAll(shifted.slice(0, 4).map((values) => values.slice(0, length)));
      part.forEach(({ anomalies, tail }, at) => {
        expect(anomalies).toEqual(whole[at]?.anomalies.slice(0, length));
        expect(tail).toEqual(whole[at]?.tail.slice(0, length));
      });
    }
  });
});

describe('after an incident of five days', () => {
  const isBad = (at: number) => at >= 50 && at < 55;
  const withDays = (bad: (value: number) => number) =>
    judgeAll(
      SEEDS.map((seed) =>
        weekly(seed, 80, (value, at) => {
          if (at === 64) return value + 25;
          return isBad(at) ? bad(value) : value;
        }),
      ),
    );

  it('has the band that five missing days would have left, and finds the next one', async () => {
    const [incident, missing] = [await withDays((value) => value - 200), await withDays(() => Number.NaN)];
    /** With three bad days and no more in view it is still a short one, which stands at its bounds. */
    const known = 57;
    const width = (one: (typeof incident)[number] | undefined, at: number) =>
      (one?.upper[at] ?? 0) - (one?.lower[at] ?? 0);

    incident.forEach((judged, at) => {
      expect(judged.anomalies.subarray(50, 55)).toEqual(new Uint8Array(5).fill(1));
      expect(judged.lower.subarray(known)).toEqual(missing[at]?.lower.subarray(known));
      expect(judged.upper.subarray(known)).toEqual(missing[at]?.upper.subarray(known));
      for (const day of [55, 56]) expect(width(judged, day)).toBeLessThan(2 * width(missing[at], day));
    });
    expect(incident.filter(({ anomalies }) => anomalies[64] === 1).length).toBeGreaterThanOrEqual(0.9 * SEEDS.length);
  });
});

describe('missing days', () => {
  it('mute nothing: every window with a value is judged, and a fault is found', async () => {
    const random = createSeededRandom(8);
    const gaps = SEEDS.map((seed) =>
      weekly(seed, 80, (value, at) => (at === ONSET ? value + 25 : random.uniform() < 0.2 ? Number.NaN : value)),
    );

    const judged = await judgeAll(gaps);

    judged.forEach(({ score }, at) => {
      for (let t = 20; t < 80; t += 1) expect(Number.isNaN(score[t])).toBe(Number.isNaN(gaps[at]?.[t]));
    });
    expect(judged.filter(({ anomalies }) => anomalies[ONSET] === 1).length).toBeGreaterThanOrEqual(0.9 * SEEDS.length);
  });
});

describe('on its first day', () => {
  it.each([
    ['missing_rate', 1, 'all_missing'],
    ['coverage', 0, 'all_default'],
  ] as const)('finds a %s of %d without any history', async (statistic, value, rule) => {
    const window = windowAt(Date.UTC(2026, 0, 5, 12), 'UTC', 'day');
    const key: SeriesKey = { segment: '', column: 'age', role: 'feature', statistic };
    const deps = {
      statistics: {
        series: () => [{ key, points: [{ window, value, rows: 500 }] }],
        states: () => [],
        window: () => [],
      },
      detections: { anomalies: () => [], between: () => [], replaceWindow: () => {} },
      detector,
    };

    const model = { id: 1 as ModelId, zone: 'UTC', granularity: 'day' as const };
    const { judged, detections } = await runDetection(deps, { model, window, keys: [key] });

    expect(judged).toBe(0);
    expect(detections).toMatchObject([{ isAnomaly: true, rule }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourRules } from '../../../src/detection/hours/hour-rules.ts';
import { type HourJudgement, type HourSeries, judgeHours } from '../../../src/detection/hours/judge-hours.ts';
import type { HourRules } from '../../../src/domain/detector.ts';
import { kindRange, statisticKinds } from '../../../src/domain/statistic-kind.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';

const WEEK = 168;

function judgeAll(
  values: Float64Array,
  series: Partial<HourSeries> = {},
  rules: Partial<HourRules> = {},
): (HourJudgement | undefined)[] {
  const told = new Array<HourJudgement | undefined>(values.length);
  const range = { start: 0, from: 0, to: values.length };
  judgeHours({ values, kind: 'level', ...series }, { ...hourRules, ...rules }, range, (at, one) => {
    told[at] = one;
  });
  return told;
}

function anomalies(values: Float64Array, series: Partial<HourSeries> = {}, rules: Partial<HourRules> = {}): number[] {
  return judgeAll(values, series, rules).flatMap((one, at) =>
    (one?.tail ?? 1) <= hourRules.reference.tail ? [at] : [],
  );
}

/** Level 100, a day of `day` up and down, normal noise of 2. */
function hourly(length: number, { day = 0, seed = 3 } = {}, change = (value: number, _at: number) => value) {
  const random = createSeededRandom(seed);
  return Float64Array.from({ length }, (_, at) => {
    return change(100 + day * Math.sin((2 * Math.PI * at) / 24) + 2 * random.normal(), at);
  });
}

const from = (start: number, end: number, by: number) => (value: number, at: number) =>
  at >= start && at < end ? value + by : value;

describe('judging hours by the hours before them', () => {
  it('works out a severity as by hand', () => {
    // The level of as many 1 as -1 is 0, every error 1: one scale is q90 / 2.3 = 0.4348, and 23 is 52.9 of them.
    const values = Float64Array.from({ length: 60 }, (_, at) => (at === 59 ? 23 : at % 2 === 0 ? 1 : -1));

    const last = judgeAll(values).at(-1);

    expect(last?.baseline).toBe(0);
    expect(last?.severity).toBeCloseTo(52.9, 10);
    expect(last?.upper).toBeCloseTo(3 / 2.3, 10);
    expect(last?.tail).toBeCloseTo(0.003 * (10 / 52.9) ** 2.5, 12);
  });

  it('finds a spike, a drop to nothing and a shift, and says nothing before', () => {
    expect(anomalies(hourly(300, {}, from(200, 201, 120)))).toEqual([200]);
    expect(anomalies(hourly(300, {}, (value, at) => (at === 200 ? 0 : value)))).toEqual([200]);
    expect(anomalies(hourly(260, {}, from(200, 260, 120)))[0]).toBe(200);
  });

  it('takes the day out as far as days repeat: the trough at the hour of the crest is found', () => {
    const crest = 24 * 12 + 6;
    const found = anomalies(hourly(400, { day: 50 }, (value, at) => (at === crest ? 60 : value)));

    expect(found).toContain(crest);
    expect(found.length).toBeLessThanOrEqual(2);
  });

  it('keeps finding incidents that come again and last: they are no part of the level, and one error each', () => {
    const starts = [200, 280, 360, 440, 520];
    const values = hourly(600, {}, (value, at) =>
      starts.some((start) => at >= start && at < start + 20) ? 900 : value,
    );

    const found = anomalies(values);

    for (const start of starts) expect(found).toContain(start);
  });

  it('learns how large the spikes of a series are that has them every day', () => {
    const spiky = hourly(24 * 28, {}, (value, at) => (at % 24 === 5 + (Math.floor(at / 24) % 7) ? value + 60 : value));

    const late = anomalies(spiky).filter((at) => at >= 2 * WEEK);

    expect(late).toEqual([]);
    expect(anomalies(spiky.map((value, at) => (at === 600 ? 1_500 : value)))).toContain(600);
  });

  it('takes a shift for the new normal after two days, and a change from there for a new anomaly', () => {
    const shifted = hourly(500, {}, (value, at) => (at >= 300 ? value + 150 : value));

    const found = anomalies(shifted);

    expect(found.filter((at) => at >= 300 && at < 340)).toHaveLength(40);
    expect(found.filter((at) => at >= 352)).toEqual([]);
    expect(anomalies(shifted.map((value, at) => (at === 450 ? 100 : value)))).toContain(450);
  });

  it('grows deaf to incidents that come again and last where they are not masked', () => {
    const starts = [200, 280, 360, 440, 520];
    const values = hourly(600, {}, (value, at) =>
      starts.some((start) => at >= start && at < start + 20) ? 900 : value,
    );

    const found = anomalies(values, {}, { maskSeverity: undefined });

    expect(found).toContain(200);
    expect(starts.slice(1).filter((start) => found.includes(start))).toEqual([]);
  });

  it('goes on about a shift for as long as it remembers what was before where nothing is the new normal', () => {
    const shifted = hourly(500, {}, (value, at) => (at >= 300 ? value + 150 : value));

    const found = anomalies(shifted, {}, { relearnWindows: 0 });

    expect(found.filter((at) => at >= 300 && at < 440)).toHaveLength(140);
  });

  it('misses the trough at the hour of the crest where the day is left in', () => {
    const crest = 24 * 12 + 6;
    const daily = hourly(400, { day: 50 }, (value, at) => (at === crest ? 60 : value));

    expect(anomalies(daily, {}, { removesDay: false })).not.toContain(crest);
  });

  it('passes over missing windows without growing silent', () => {
    const gaps = hourly(400, {}, (value, at) => (at % 3 === 1 || (at > 250 && at < 320) ? Number.NaN : value));

    const found = anomalies(gaps.map((value, at) => (at === 330 ? 300 : value)));

    expect(found).toEqual([330]);
  });

  it.each([1e-9, 1e-4, 1e5, 1e12])('judges alike in units of %d', (unit) => {
    const plain = judgeAll(hourly(400, { day: 20 }, from(300, 310, 90)));
    const scaled = judgeAll(hourly(400, { day: 20 }, from(300, 310, 90)).map((value) => value * unit));

    plain.forEach((one, at) => {
      expect(scaled[at]?.severity ?? -1).toBeCloseTo(one?.severity ?? -1, 6);
    });
  });

  it('calls the first value after zeros alone an anomaly, in any unit', () => {
    const zeros = new Float64Array(100);
    for (const value of [1e-9, 1, 1e9]) {
      zeros[99] = value;
      expect(anomalies(zeros)).toEqual([99]);
    }
  });

  it('needs no more of a rate near 1 than of one near 0, and less where more rows stand behind it', () => {
    const rate = (level: number) => {
      const random = createSeededRandom(11);
      return Float64Array.from({ length: 300 }, () => level + 0.0005 * random.normal());
    };
    const dropped = rate(0.99).map((value, at) => (at === 250 ? 0.9 : value));
    const risen = rate(0.01).map((value, at) => (at === 250 ? 0.1 : value));
    const few = { kind: 'rate' as const, rows: new Float64Array(300).fill(30) };

    expect(anomalies(dropped, { kind: 'rate' })).toContain(250);
    expect(anomalies(risen, { kind: 'rate' })).toContain(250);
    expect(anomalies(risen, few)).toEqual([]);
  });

  it('raises less than one false episode a month on healthy noise of several shapes', () => {
    const shapes = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) => [
      hourly(1_440, { seed }),
      hourly(1_440, { seed, day: 30 }),
      hourly(1_440, { seed }).map((value) => Math.exp((value - 100) / 3)),
    ]);

    const found = shapes.reduce((sum, values) => sum + anomalies(values).length, 0);

    expect(found / (shapes.length * 2)).toBeLessThan(1);
  });

  it('gives an ordered, finite band within the range and a probability, for any input', () => {
    const value = fc.oneof(
      fc.double({ min: -1e300, max: 1e300, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 1, -1, 5e-324, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 30, maxLength: 120 }),
        fc.constantFrom(...statisticKinds),
        fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 1e9 })),
        (values, kind, rows) => {
          const { lowest, highest } = kindRange(kind);
          const series = { kind, rows: new Float64Array(values.length).fill(rows) };
          for (const one of judgeAll(Float64Array.from(values), series)) {
            if (one === undefined) continue;
            const band = [one.lower, one.baseline, one.upper];
            expect(band.every(Number.isFinite)).toBe(true);
            expect(band).toEqual(band.toSorted((a, b) => a - b));
            expect(Math.min(...band)).toBeGreaterThanOrEqual(lowest);
            expect(Math.max(...band)).toBeLessThanOrEqual(highest);
            expect(one.severity).toBeGreaterThanOrEqual(0);
            expect(one.tail).toBeGreaterThanOrEqual(0);
            expect(one.tail).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../../src/detection/evaluation/average-precision.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { digits, marks } from './builders.ts';

const of = (labels: string, scores: string) => averagePrecision([{ labels: marks(labels), scores: digits(scores) }]);

describe('average precision', () => {
  it('adds up precision where recall grows, worked by hand', () => {
    // Falling scores: hit (1/1), miss, hit (2/3), miss, miss: 1/2 * 1 + 1/2 * 2/3.
    expect(of('#.#..', '95432').averagePrecision).toBeCloseTo(1 / 2 + 1 / 3);
    expect(of('#.#..', '95432').baseRate).toBeCloseTo(0.4);
  });

  it('takes tied scores as one threshold, in whatever order they stand', () => {
    expect(of('#...', '5555').averagePrecision).toBeCloseTo(1 / 4);
    expect(of('...#', '5555').averagePrecision).toBeCloseTo(1 / 4);
  });

  it('earns nothing from windows without a score', () => {
    expect(of('##', '9.').averagePrecision).toBeCloseTo(1 / 2);
    expect(of('##', '..').averagePrecision).toBe(0);
  });

  it('has no value without a label', () => {
    expect(of('...', '123')).toEqual({ averagePrecision: null, baseRate: null });
  });

  it('is the base rate for random scores, on average', () => {
    const random = createSeededRandom(3);
    const labels = Uint8Array.from({ length: 2_000 }, (_, at) => (at % 20 === 0 ? 1 : 0));
    const areas = Array.from({ length: 40 }, () => {
      return averagePrecision([{ labels, scores: Float64Array.from(labels, () => random.uniform()) }]);
    });

    const mean = areas.reduce((sum, one) => sum + (one.averagePrecision ?? 0), 0) / areas.length;

    expect(mean).toBeGreaterThan(0.045);
    expect(mean).toBeLessThan(0.065);
  });

  it('lies in 0 .. 1, is 1 for a perfect order, and does not change with the scale or the split into series', () => {
    const windows = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 })), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(windows, fc.nat(60), (pairs, cut) => {
        fc.pre(pairs.some(([isOn]) => isOn));
        const labels = Uint8Array.from(pairs, ([isOn]) => (isOn ? 1 : 0));
        const scores = Float64Array.from(pairs, ([, score]) => score);
        const whole = averagePrecision([{ labels, scores }]).averagePrecision ?? Number.NaN;

        expect(whole).toBeGreaterThanOrEqual(0);
        expect(whole).toBeLessThanOrEqual(1);
        expect(averagePrecision([{ labels, scores: Float64Array.from(labels) }]).averagePrecision).toBe(1);
        expect(averagePrecision([{ labels, scores: scores.map((score) => score ** 3) }]).averagePrecision).toBe(whole);
        const split = [
          { labels: labels.subarray(0, cut), scores: scores.subarray(0, cut) },
          { labels: labels.subarray(cut), scores: scores.subarray(cut) },
        ];
        expect(averagePrecision(split).averagePrecision).toBeCloseTo(whole, 12);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFeatures } from '../../../src/detection/features/build-features.ts';
import { dayOfWeekOneHot } from '../../../src/detection/features/day-of-week.ts';
import { slideHistories } from '../../../src/detection/features/history-rows.ts';
import { irregularityScore } from '../../../src/detection/features/irregularity.ts';
import {
  denormalise,
  measureWindow,
  normalise,
  ZERO_HISTORY_SPREAD,
} from '../../../src/detection/features/normalise-window.ts';
import { quantileOfSorted } from '../../../src/detection/features/quantile.ts';
import { zScoreSeries } from '../../../src/detection/features/z-score-series.ts';
import { detectorSettings } from '../../../src/detection/settings.ts';

const paperFloor = detectorSettings.paper.spreadFloor;
const quartiles = detectorSettings.paper.irregularityQuantiles;
const ofCode = detectorSettings.code.irregularityQuantiles;

describe('day of week', () => {
  it('puts Monday in slot 0 and Sunday in slot 6', () => {
    expect([...dayOfWeekOneHot(0)]).toEqual([1, 0, 0, 0, 0, 0, 0]);
    expect([...dayOfWeekOneHot(6)]).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  it.each([-1, 7, 1.5, Number.NaN])('refuses %s', (day) => {
    expect(() => dayOfWeekOneHot(day)).toThrow(/day of the week from 0 \(Monday\) to 6/);
  });
});

describe('history windows', () => {
  const values = Float64Array.from({ length: 59 }, (_, i) => Math.sin((2 * Math.PI * i) / 7));
  const daysOfWeek = Uint8Array.from(values, (_, i) => (i + 6) % 7);

  it('holds the 28 values before a window, oldest first', () => {
    const rows = slideHistories({ values, daysOfWeek }, { historyWindows: 28, stride: 1 });

    const last = rows.histories.subarray((rows.count - 1) * 28);

    expect(rows.count).toBe(59 - 28);
    expect(rows.positions.at(-1)).toBe(58);
    const expected = [0.97493, 0.43388, -0.43388, -0.97493, -0.78183, 0, 0.78183];
    expected.forEach((value, index) => {
      expect(last[index]).toBeCloseTo(value, 5);
    });
    expect(last[27]).toBeCloseTo(0.78183, 5);
  });

  it('leaves out windows with a gap in the history or no value', () => {
    const gappy = values.slice();
    gappy[30] = Number.NaN;

    const rows = slideHistories({ values: gappy, daysOfWeek }, { historyWindows: 28, stride: 1 });

    expect([...rows.positions]).toEqual([28, 29]);
  });

  it('leaves windows to the shorter history exactly where the longer one is not whole', () => {
    const gappy = values.slice();
    gappy[40] = Number.NaN;
    const grid = { values: gappy, daysOfWeek };

    const long = slideHistories(grid, { historyWindows: 28, stride: 1 });
    const short = slideHistories(grid, { historyWindows: 14, stride: 1, lessThan: 28 });

    expect([...long.positions]).toEqual(Array.from({ length: 12 }, (_, index) => 28 + index));
    expect([...short.positions]).toEqual([
      ...Array.from({ length: 14 }, (_, index) => 14 + index),
      ...Array.from({ length: 4 }, (_, index) => 55 + index),
    ]);
    expect([...short.histories.subarray(0, 14)]).toEqual([...values.subarray(0, 14)]);
  });

  it('takes the same hour of earlier days with a stride of 24', () => {
    const hours = Float64Array.from({ length: 28 * 24 + 1 }, (_, i) => i);

    const rows = slideHistories(
      { values: hours, daysOfWeek: new Uint8Array(hours.length) },
      { historyWindows: 28, stride: 24 },
    );

    expect(rows.count).toBe(1);
    expect([...rows.histories].slice(0, 3)).toEqual([0, 24, 48]);
    expect(rows.histories[27]).toBe(27 * 24);
  });
});

describe('window normalisation', () => {
  it('uses the population spread and can be undone', () => {
    const scale = measureWindow([1, 2, 3, 4, 5], paperFloor);

    const normalised = [1, 2, 3, 4, 5].map((value) => normalise(value, scale));

    expect(scale.mean).toBe(3);
    expect(scale.spread).toBeCloseTo(Math.SQRT2, 5);
    [-Math.SQRT2, -Math.SQRT1_2, 0, Math.SQRT1_2, Math.SQRT2].forEach((value, index) => {
      expect(normalised[index]).toBeCloseTo(value, 5);
    });
    expect(normalised.map((value) => denormalise(value, scale))).toEqual([1, 2, 3, 4, 5].map((v) => expect.closeTo(v)));
  });

  it('normalises by a given scale', () => {
    const scale = { mean: 5, spread: 5 };

    expect([1, 2, 3, 4, 5].map((value) => normalise(value, scale))).toEqual(
      [-0.8, -0.6, -0.4, -0.2, 0].map((value) => expect.closeTo(value)),
    );
  });

  it('floors the spread of a constant in proportion to it, and of zeros at a fixed width', () => {
    expect(measureWindow(new Array(25).fill(2e9), paperFloor).spread).toBeCloseTo(2e3);
    expect(measureWindow(new Array(25).fill(0), paperFloor).spread).toBe(ZERO_HISTORY_SPREAD);
    expect(measureWindow(new Array(25).fill(7), { kind: 'absolute', size: 0.01 }).spread).toBe(0.01);
  });
});

describe('irregularity score', () => {
  const sines = Array.from({ length: 28 }, (_, i) => Math.sin(i));

  it('is the spread of week-over-week differences between two quantiles', () => {
    const scale = measureWindow(sines, paperFloor);
    const normalised = sines.map((value) => normalise(value, scale));

    expect(irregularityScore(normalised, ofCode)).toBeCloseTo(0.5709147, 6);
    expect(irregularityScore(normalised, quartiles)).toBeCloseTo(1.2895263, 6);
  });

  it('is 0 for a series that repeats its week, a constant and a straight line', () => {
    const weekly = Array.from({ length: 25 }, (_, i) => Math.sin((2 * Math.PI * i) / 7));
    const line = Array.from({ length: 25 }, (_, i) => 3 * i + 1);

    for (const calm of [weekly, new Array(25).fill(4), line]) {
      expect(irregularityScore(calm, quartiles)).toBeCloseTo(0, 9);
    }
  });

  it('is never negative and ignores the level', () => {
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(values, fc.double({ min: -100, max: 100, noNaN: true }), (window, level) => {
        const score = irregularityScore(window, quartiles);
        const moved = irregularityScore(
          window.map((value) => value + level),
          quartiles,
        );
        expect(score).toBeGreaterThanOrEqual(0);
        expect(moved).toBeCloseTo(score, 9);
      }),
    );
  });
});

describe('quantiles', () => {
  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[9], 0.9, 9],
  ])('of %j at %d is %d', (sorted, share, expected) => {
    expect(quantileOfSorted(sorted, share)).toBeCloseTo(expected);
  });
});

describe('series z-score', () => {
  it('divides by the sample spread and a small offset', () => {
    const scores = zScoreSeries(Float64Array.from({ length: 15 }, (_, i) => i + 1));

    expect(scores[0]).toBeCloseTo(-1.5652441, 7);
    expect(scores[7]).toBe(0);
    expect(scores[14]).toBeCloseTo(1.5652441, 7);
    expect((scores[1] ?? 0) - (scores[0] ?? 0)).toBeCloseTo(0.2236063, 7);
  });

  it('leaves its input and its gaps as they are', () => {
    const values = Float64Array.of(1, Number.NaN, 3);

    const scores = zScoreSeries(values);

    expect([...values]).toEqual([1, Number.NaN, 3]);
    expect(scores[1]).toBeNaN();
  });
});

describe('features of a batch', () => {
  it('are the same for every unit of measurement', () => {
    const window = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 29, maxLength: 29 });
    const exponent = fc.integer({ min: -6, max: 9 });
    fc.assert(
      fc.property(window, exponent, fc.constantFrom(1, -1), (values, power, sign) => {
        const spread = Math.max(...values.slice(0, 25)) - Math.min(...values.slice(0, 25));
        fc.pre(spread > 1e-3);
        const plain = featuresOf(values);
        const scaled = featuresOf(values.map((value) => sign * value * 10 ** power));

        plain.inputs.slice(0, 25).forEach((value, index) => {
          expect(scaled.inputs[index]).toBeCloseTo(sign * value, 3);
        });
        expect(scaled.irregularity[0]).toBeCloseTo(plain.irregularity[0] ?? 0, 3);
      }),
    );
  });

  it('leave out the newest three values of the history', () => {
    const values = Array.from({ length: 29 }, (_, i) => Math.sin(i));
    const disturbed = values.map((value, index) => (index >= 25 && index < 28 ? value + 100 : value));

    expect(featuresOf(disturbed).inputs).toEqual(featuresOf(values).inputs);
  });
});

function featuresOf(values: readonly number[]) {
  const grid = { values: Float64Array.from(values), daysOfWeek: new Uint8Array(29) };
  return buildFeatures(slideHistories(grid, { historyWindows: 28, stride: 1 }), detectorSettings.paper);
}

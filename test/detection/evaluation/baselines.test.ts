import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clippedSpread } from '../../../src/detection/evaluation/baselines/clipped-spread.ts';
import { createExponentialSmoothingScorer } from '../../../src/detection/evaluation/baselines/exponential-smoothing.ts';
import { createMeanZScorer } from '../../../src/detection/evaluation/baselines/mean-z.ts';
import { createPreviousWeekScorer } from '../../../src/detection/evaluation/baselines/previous-week-ratio.ts';
import { createSameTimeMedianScorer } from '../../../src/detection/evaluation/baselines/same-time-median.ts';
import { baselineVariants, type Scorer } from '../../../src/detection/index.ts';
import type { Granularity } from '../../../src/domain/model.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { seriesOf } from './builders.ts';

const makers: readonly [string, (granularity: Granularity) => Scorer][] = [
  ['mean/std z', createMeanZScorer],
  ['same-time median', createSameTimeMedianScorer],
  ['previous-week ratio', createPreviousWeekScorer],
  ['exponential smoothing', createExponentialSmoothingScorer],
];

const score = (scorer: Scorer, values: readonly number[]): Float64Array => scorer.score(seriesOf(values));

describe('baselines, worked by hand', () => {
  it('measures the distance from the mean in standard deviations', () => {
    // 8 values of 9 and 11: mean 10, deviation 1; 13 lies 3 away.
    const scores = score(createMeanZScorer('day'), [9, 11, 9, 11, 9, 11, 9, 11, 13]);

    expect(scores[6]).toBeNaN();
    expect(scores[8]).toBeCloseTo(3);
  });

  it('measures a change of a constant in thousandths of it', () => {
    const scores = score(createMeanZScorer('day'), [...new Array<number>(10).fill(1_000), 1_004]);

    expect(scores[10]).toBeCloseTo(2);
  });

  it('compares with the same weekday, so that a weekend is no oddity', () => {
    const weeks = Array.from({ length: 70 }, (_, day) => (day % 7 >= 5 ? 20 : 100 + ((day * 7) % 5)));
    const odd = [...weeks.slice(0, 69), 100];
    const median = score(createSameTimeMedianScorer('day'), odd);

    expect(median[69]).toBeGreaterThan(10);
    expect(Math.max(...median.subarray(40, 69))).toBeLessThan(5);
  });

  it('ranks a fall to a half as a rise to the double', () => {
    const week = [1, 1, 1, 1, 1, 1, 1];
    const scores = score(createPreviousWeekScorer('day'), [...week, 2, 0.5, 0, 1]);

    expect([...scores.subarray(7)].map((one) => Number(one.toFixed(3)))).toEqual([0.333, 0.333, 1, 0]);
    expect(score(createPreviousWeekScorer('day'), [0, 0, 0, 0, 0, 0, 0, 0])[7]).toBe(0);
  });

  it('counts errors of the smoothing in the quantile of its own', () => {
    const values = Array.from({ length: 40 }, (_, day) => 100 + (day % 2));
    const scores = score(createExponentialSmoothingScorer('day'), [...values, 110]);

    expect(scores[39]).toBeGreaterThan(0.5);
    expect(scores[39]).toBeLessThan(1.5);
    expect(scores[40]).toBeGreaterThan(8);
  });

  it('clips one outlier out of a spread', () => {
    expect(clippedSpread(Float64Array.from([1, 2, 1, 2, 1, 2, 1_000]))).toBeCloseTo(
      clippedSpread(Float64Array.from([1, 2, 1, 2, 1, 2, 2])),
    );
    expect(clippedSpread(new Float64Array())).toBe(0);
    expect(clippedSpread(Float64Array.from([1, 3]))).toBe(1);
  });
});

describe.each(makers)('%s', (_, create) => {
  const value = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constant(0),
    fc.constant(Number.NaN),
    fc.constant(5),
  );
  const values = fc.array(value, { minLength: 1, maxLength: 120 });

  it('looks at no later window', () => {
    fc.assert(
      fc.property(values, fc.nat(120), (all, cut) => {
        const scorer = create('day');

        expect(score(scorer, all).subarray(0, cut)).toEqual(score(scorer, all.slice(0, cut)));
      }),
      { numRuns: 50 },
    );
  });

  it('is at least 0 and finite, or says that it does not know', () => {
    fc.assert(
      fc.property(values, (all) => {
        const scores = score(create('day'), all);

        expect(scores.every((one) => Number.isNaN(one) || (Number.isFinite(one) && one >= 0))).toBe(true);
        expect(all.every((one, at) => !Number.isNaN(one) || Number.isNaN(scores[at]))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('does not change when the series is measured in another unit', () => {
    const random = createSeededRandom(4);
    const plain = Array.from({ length: 90 }, () => 50 + 5 * random.normal());
    const scaled = plain.map((one) => one * 2 ** 20);

    expect(score(create('day'), scaled)).toEqual(score(create('day'), plain));
  });

  it('knows hours', () => {
    const hours = Array.from({ length: 400 }, (_, hour) => 100 + 20 * Math.sin((hour * Math.PI) / 12) + (hour % 5));
    const scores = score(create('hour'), [...hours, 400]);

    expect(scores[400]).toBeGreaterThan(Math.max(...scores.subarray(200, 400)));
  });
});

describe('the baselines as variants', () => {
  it('score whole sets, random the same for the same seed and NaN where there is no value', async () => {
    const grid = seriesOf([1, Number.NaN, 3]);
    const names = baselineVariants(createSeededRandom(1)).map(({ name }) => name);
    const random = async () => {
      const variant = baselineVariants(createSeededRandom(1)).at(-1);
      return (await variant?.scoreAll([grid], 'day'))?.[0]?.scores;
    };

    expect(names).toEqual([...makers.map(([name]) => name), 'random']);
    expect(await random()).toEqual(await random());
    expect((await random())?.[1]).toBeNaN();
  });
});

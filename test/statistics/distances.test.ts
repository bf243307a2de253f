import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsDistance } from '../../src/statistics/js-distance.ts';
import { LARGEST_PSI, psi } from '../../src/statistics/psi.ts';
import { type BinnedValues, wasserstein } from '../../src/statistics/wasserstein.ts';

const BINS = 6;
const counts = fc.array(fc.nat(1_000_000), { minLength: BINS, maxLength: BINS }).filter((each) => sum(each) > 0);

describe.each([
  { name: 'Jensen-Shannon distance', distance: jsDistance, largest: 1 },
  { name: 'population stability index', distance: psi, largest: LARGEST_PSI },
])('the $name', ({ distance, largest }) => {
  it('is at least 0, bounded, and the same both ways', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const there = distance(a, b) ?? Number.NaN;

        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(largest + 1e-9);
        expect(distance(b, a)).toBeCloseTo(there, 12);
      }),
    );
  });

  it('is 0 for equal shares, however many rows there are', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 1000 }), (a, times) => {
        expect(
          distance(
            a.map((count) => count * times),
            a,
          ),
        ).toBeCloseTo(0, 7);
      }),
    );
  });

  it('has no value without rows', () => {
    expect(distance([0, 0], [1, 2])).toBeNull();
    expect(distance([1, 2], [0, 0])).toBeNull();
  });

  it('is greatest where no bin is shared', () => {
    expect(distance([7, 0], [0, 3])).toBeCloseTo(largest, 2);
  });
});

describe('the distances', () => {
  it('are those worked out by hand', () => {
    // p = (3/4, 1/4), q = (1/4, 3/4), m = (1/2, 1/2):
    // divergence = 3/4 log2(3/2) + 1/4 log2(1/2) = 0.75 * 0.5849625 - 0.25 = 0.18872188; its root 0.43442132.
    expect(jsDistance([3, 1], [1, 3])).toBeCloseTo(0.43442132, 7);
    // (3/4 - 1/4) ln 3 + (1/4 - 3/4) ln(1/3) = ln 3.
    expect(psi([3, 1], [1, 3])).toBeCloseTo(Math.log(3), 12);
  });

  it('satisfy the triangle inequality in the case of Jensen-Shannon', () => {
    fc.assert(
      fc.property(counts, counts, counts, (a, b, c) => {
        const direct = jsDistance(a, c) ?? 0;
        expect(direct).toBeLessThanOrEqual((jsDistance(a, b) ?? 0) + (jsDistance(b, c) ?? 0) + 1e-9);
      }),
    );
  });
});

describe('the Wasserstein distance', () => {
  const edges = [0, 10, 20];
  const of = { edges, defaultValue: 0, scale: 5 };
  /** Cells: up to 0, (0, 10], (10, 20], beyond 20. */
  const values = (cells: readonly number[], overrides: Partial<BinnedValues> = {}): BinnedValues => {
    const middles = [0, 5, 15, 20];
    const total = sum(cells) + (overrides.defaults ?? 0);
    const mean = total === 0 ? 0 : cells.reduce((all, cell, i) => all + cell * (middles[i] ?? 0), 0) / total;
    return { counts: cells, defaults: 0, mean, minimum: 0, maximum: 20, ...overrides };
  };
  const binned = fc
    .tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000))
    .filter(([a, b, d]) => a + b + d > 0)
    .map(([a, b, defaults]) => values([0, a, b, 0], { defaults }));

  it('is the one worked out by hand', () => {
    // All in (0, 10] against all in (10, 20]: every value moves by 10, that is 2 standard deviations of 5.
    expect(wasserstein(values([0, 0, 8, 0]), values([0, 4, 0, 0]), of)).toBeCloseTo(2, 12);
    // Half of the values of (0, 10], 5 on average, become 0: the mean move is 2.5, half a standard deviation.
    expect(wasserstein(values([0, 4, 0, 0], { defaults: 4 }), values([0, 8, 0, 0]), of)).toBeCloseTo(0.5, 12);
  });

  it('sees how far values beyond the edges lie', () => {
    // Evenly in (0, 20], mean 10, against evenly in (20, 420], mean 220: 210 / 5.
    const far = values([0, 0, 0, 9], { minimum: 20, maximum: 420, mean: 220 });

    expect(wasserstein(far, values([0, 4, 4, 0]), of)).toBeCloseTo(42, 12);
  });

  it('takes the means where the bins say too little', () => {
    const crowded = values([0, 0, 0, 9], { minimum: 400, maximum: 420, mean: 410 });

    expect(wasserstein(crowded, values([0, 4, 4, 0]), of)).toBeCloseTo(80, 12);
  });

  it('is at least 0, 0 for equal values, and the same both ways', () => {
    fc.assert(
      fc.property(binned, binned, (a, b) => {
        const there = wasserstein(a, b, of) ?? Number.NaN;

        expect(there).toBeGreaterThanOrEqual(0);
        expect(wasserstein(b, a, of)).toBeCloseTo(there, 9);
        expect(wasserstein(a, a, of)).toBeCloseTo(0, 12);
      }),
    );
  });

  it('does not depend on the unit of the column', () => {
    const scaled = ({ counts: cells, defaults, mean, minimum, maximum }: BinnedValues, c: number) => ({
      ...{ counts: cells, defaults },
      ...{ mean: mean * c, minimum: minimum * c, maximum: maximum * c },
    });
    fc.assert(
      fc.property(binned, binned, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (a, b, c) => {
        const other = { edges: edges.map((edge) => edge * c), defaultValue: 0, scale: 5 * c };

        expect(wasserstein(scaled(a, c), scaled(b, c), other)).toBeCloseTo(wasserstein(a, b, of) ?? 0, 9);
      }),
    );
  });

  it('has no value without values, without spread, or beyond what a number can hold', () => {
    expect(wasserstein(values([0, 0, 0, 0]), values([0, 1, 1, 0]), of)).toBeNull();
    expect(wasserstein(values([0, 1, 1, 0]), values([0, 1, 1, 0]), { ...of, scale: 0 })).toBeNull();
    const huge = values([0, 0, 0, 3], { maximum: Number.MAX_VALUE, mean: Number.MAX_VALUE });
    expect(wasserstein(huge, values([0, 1, 1, 0]), { ...of, scale: 1e-9 })).toBeNull();
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

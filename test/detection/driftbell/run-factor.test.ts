import { describe, expect, it } from 'vitest';
import { fitRunFactor, LEAST_TAILS } from '../../../src/detection/driftbell/run-factor.ts';

/** Tails as they are when they say what they promise: even over 0..1. */
const even = (count: number) => Array.from({ length: count }, (_, at) => (at + 1) / count);

describe('the factor of a kind of statistic', () => {
  it('is one where tails keep their promise, and how often the threshold is passed where they do not', () => {
    expect(fitRunFactor(even(100_000), 0.003)).toBeCloseTo(1, 10);
    expect(
      fitRunFactor(
        even(100_000).map((tail) => tail / 1.5),
        0.003,
      ),
    ).toBeCloseTo(1.5, 10);
    expect(
      fitRunFactor(
        even(100_000).map((tail) => 2 * tail),
        0.003,
      ),
    ).toBeCloseTo(0.5, 10);
  });

  it('is asked of all windows, also of those of which nothing was said', () => {
    const half = even(100_000).map((tail, at) => (at % 2 === 0 ? tail : Number.NaN));

    expect(fitRunFactor(half, 0.003)).toBeCloseTo(0.5, 10);
  });

  it('is left open where too few windows are beyond the threshold', () => {
    expect(fitRunFactor(even(20_000), (LEAST_TAILS - 1) / 20_000)).toBeUndefined();
    expect(fitRunFactor(even(20_000), LEAST_TAILS / 20_000)).toBeDefined();
    expect(fitRunFactor([], 0.003)).toBeUndefined();
  });
});

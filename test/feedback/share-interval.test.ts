import { describe, expect, it } from 'vitest';
import { shareInterval } from '../../src/feedback/health/share-interval.ts';

describe('where a share lies', () => {
  it.each([
    // The last is of Newcombe (1998), table I; the others solve |k / n - p| = 1.96 sqrt(p (1 - p) / n) for p.
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
    [81, 263, 0.2553, 0.3662],
  ])('of %i in %i', (hits, draws, low, high) => {
    const interval = shareInterval(hits, draws);

    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('may be anywhere where nothing was seen', () => {
    expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

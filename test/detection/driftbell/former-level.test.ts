import { describe, expect, it } from 'vitest';
import { backToFormer } from '../../../src/detection/driftbell/former-level.ts';

const own = { baseline: 80, lower: 78, upper: 82, score: 0.99, severity: 15, tail: 1e-6 };
const former = { baseline: 50, lower: 47, upper: 53, score: 0.01, severity: 0.4, tail: 0.6 };

describe('a window after a shift that stayed', () => {
  it('is read by the level before it only where it is at home there', () => {
    expect(backToFormer(own, former, 51)).toBe(former);
    expect(backToFormer(own, former, 60)).toBe(own);
    expect(backToFormer(own, former, 46)).toBe(own);
  });

  it('keeps its own reading where that finds it more usual', () => {
    expect(backToFormer({ ...own, tail: 0.9 }, former, 51)).toMatchObject({ baseline: 80, tail: 0.9 });
  });
});

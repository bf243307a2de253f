import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatlineChance } from '../../src/detection/flatline.ts';

const rules = { flatWindows: 5, leastKnownWindows: 7, tailThreshold: 0.001 };
const level = { kind: 'level', rules } as const;

/** Windows that never repeat, then `flat` times the same. */
function history(scattered: number, flat: number, value = 42): number[] {
  return [...Array.from({ length: scattered }, (_, at) => 40 + Math.sin(at)), ...new Array<number>(flat).fill(value)];
}

describe('a flatline', () => {
  it('is the fifth equal window of a series that never repeated, with its chance', () => {
    expect(flatlineChance(42, history(25, 3), level)).toBeUndefined();
    // None of 24 neighbours was equal: 1/26 * 2/27 * 3/28 * 4/29.
    expect(flatlineChance(42, history(25, 4), level)).toBeCloseTo(4.21e-5, 7);
    expect(flatlineChance(42.001, history(25, 4), level)).toBeUndefined();
  });

  it('needs some windows that prove the scatter, and ends when none are left', () => {
    expect(flatlineChance(42, history(6, 4), level)).toBeUndefined();
    expect(flatlineChance(42, history(7, 21), level)).toBeGreaterThan(0);
    expect(flatlineChance(42, history(6, 22), level)).toBeUndefined();
  });

  it('is no news of counts that repeat, of constants and of values that are usual for weeks', () => {
    const counts = Array.from({ length: 24 }, (_, at) => [3, 3, 4, 4, 4, 3][at % 6] ?? 3);
    expect(flatlineChance(3, [...counts, 3, 3, 3, 3], level)).toBeUndefined();
    expect(flatlineChance(5, new Array<number>(28).fill(5), level)).toBeUndefined();
    const zeros = Array.from({ length: 20 }, (_, at) => (at === 9 ? 0 : 1 + at));
    expect(flatlineChance(0, [...zeros, 0, 0, 0, 0, 0, 0, 0, 0], level)).toBeUndefined();
  });

  it('is not told at an end of the range, where all is well or other rules speak', () => {
    const rates = history(24, 4, 0).map((value) => value / 1_000);
    expect(flatlineChance(0, rates, { kind: 'rate', rules })).toBeUndefined();
    expect(flatlineChance(0.5, history(24, 4, 0.5), { kind: 'rate', rules })).toBeLessThan(1e-4);
  });

  it('is not broken by missing windows, and can be switched off', () => {
    const gaps = [...history(20, 2), null, 42, Number.NaN, 42];
    expect(flatlineChance(42, gaps, level)).toBeLessThan(0.001);
    expect(flatlineChance(42, gaps, { kind: 'level', rules: { ...rules, flatWindows: 0 } })).toBeUndefined();
  });

  it('has a chance within the threshold, whatever the history holds', () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 28 }), fc.integer({ min: 0, max: 3 }), (past, now) => {
        const chance = flatlineChance(now, past, level);
        expect(chance === undefined || (chance > 0 && chance <= rules.tailThreshold)).toBe(true);
      }),
    );
  });
});

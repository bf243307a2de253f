import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnValue, valueAxis } from '../../charts/specs/value-axis.ts';

function labels(values: readonly number[], unit = '', maxTicks = 5): string[] {
  return valueAxis(values, unit, maxTicks).ticks.map((tick) => tick.label);
}

describe('the value axis', () => {
  it.each([
    ['miles', [700, 745], '', ['700', '710', '720', '730', '740']],
    ['shares', [0, 0.99], 'share', ['0 %', '25 %', '50 %', '75 %', '100 %']],
    ['small shares', [0.0005, 0.0021], 'share', ['0.05 %', '0.10 %', '0.15 %', '0.20 %']],
    ['rows', [14_000, 17_400], 'rows', ['14 k', '15 k', '16 k', '17 k']],
    ['millions', [1_000_000, 4_400_000], 'rows', ['1 M', '2 M', '3 M', '4 M']],
    ['tiny values', [1e-5, 4.4e-5], '', ['1e−5', '2e−5', '3e−5', '4e−5']],
    ['both signs', [-2, 2], '', ['−2', '−1', '0', '1', '2']],
    ['a constant', [42, 42], '', ['42']],
    ['constant zero', [0, 0], 'share', ['0 %']],
    ['nothing', [], '', []],
  ])('labels %s for people', (_, values, unit, expected) => {
    expect(labels(values, unit)).toEqual(expected);
  });

  it('holds every value, has distinct labels in order and never more ticks than allowed', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }).map(drawnValue), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 7 }), (drawn, maxTicks) => {
        const axis = valueAxis(drawn, '', maxTicks);

        expect(axis.lower).toBeLessThan(axis.upper);
        for (const value of drawn) expect(value >= axis.lower && value <= axis.upper).toBe(true);
        expect(axis.ticks.length).toBeLessThanOrEqual(maxTicks);
        expect(axis.ticks.length).toBeGreaterThanOrEqual(1);
        expect(new Set(axis.ticks.map((tick) => tick.label)).size).toBe(axis.ticks.length);
        for (const tick of axis.ticks) expect(tick.value >= axis.lower && tick.value <= axis.upper).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/domain/anomaly.ts';
import { CHANGE_RATIO, hasLeftLevel, levelsAfter, type MutedLevel } from '../../src/domain/mute.ts';
import { isInScope, isSameScope, isWholeModel } from '../../src/domain/series-scope.ts';
import { day, seriesKey } from '../builders/detections.ts';

/** Ten above a baseline of 100, in a band of 96 to 104. */
const shifted: MutedLevel = {
  series: seriesKey(),
  value: 110,
  forecast: { baseline: 100, lower: 96, upper: 104 },
  rule: 'band',
};

function seen(value: number | null, overrides: Partial<Detection> = {}): Detection {
  return { series: seriesKey(), window: day(0), value, rows: 100, isAnomaly: false, ...overrides };
}

describe('a level that is muted until it changes', () => {
  it.each([
    { name: 'the same value', value: 110, isChanged: false },
    { name: 'half of the way back', value: 105, isChanged: false },
    { name: 'more than half of the way back', value: 104.9, isChanged: true },
    { name: 'half as far again', value: 115, isChanged: false },
    { name: 'further than that', value: 115.1, isChanged: true },
    { name: 'no value', value: null, isChanged: false },
  ])('with $name has changed: $isChanged', ({ value, isChanged }) => {
    expect(hasLeftLevel(shifted, CHANGE_RATIO, seen(value))).toBe(isChanged);
  });

  it('may scatter by half a width of its band, however small the departure was', () => {
    const near: MutedLevel = { ...shifted, value: 104.5 };

    expect(hasLeftLevel(near, CHANGE_RATIO, seen(100.5))).toBe(false);
    expect(hasLeftLevel(near, CHANGE_RATIO, seen(100.4))).toBe(true);
  });

  it('changes when the fault becomes another, or ends', () => {
    const gone: MutedLevel = { series: seriesKey(), value: null, rule: 'column_vanished' };

    expect(hasLeftLevel(gone, CHANGE_RATIO, seen(null, { isAnomaly: true, rule: 'column_vanished' }))).toBe(false);
    expect(hasLeftLevel(gone, CHANGE_RATIO, seen(null, { isAnomaly: true, rule: 'all_missing' }))).toBe(true);
    expect(hasLeftLevel(gone, CHANGE_RATIO, seen(3))).toBe(true);
    expect(hasLeftLevel(shifted, CHANGE_RATIO, seen(null, { isAnomaly: true, rule: 'all_missing' }))).toBe(true);
  });

  it('stands where its series was not judged', () => {
    expect(hasLeftLevel(shifted, CHANGE_RATIO, undefined)).toBe(false);
    expect(levelsAfter({ ratio: CHANGE_RATIO, levels: [shifted] }, [])).toEqual([shifted]);
  });

  it('is judged alike in any unit (property)', () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(number, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), number, (value, scale, shift) => {
        const to = (x: number) => x * scale + shift;
        const level: MutedLevel = {
          ...shifted,
          value: to(110),
          forecast: { baseline: to(100), lower: to(96), upper: to(104) },
        };
        // A hair's breadth of the edge, rounding decides.
        fc.pre(Math.abs(Math.abs(value - 110) - 5) > 1e-6);

        expect(hasLeftLevel(level, CHANGE_RATIO, seen(to(value)))).toBe(
          hasLeftLevel(shifted, CHANGE_RATIO, seen(value)),
        );
      }),
    );
  });
});

describe('a scope', () => {
  it.each([
    [{}, true],
    [{ column: 'age' }, true],
    [{ column: 'plan' }, false],
    [{ segment: '' }, true],
    [{ segment: 'DE' }, false],
    [{ column: 'age', statistic: 'coverage' }, false],
    [{ pattern: 'spike' }, true],
    [{ pattern: 'outage' }, false],
  ] as const)('%o holds a spike of age mean: %s', (scope, isHeld) => {
    expect(isInScope(scope, seriesKey(), 'spike')).toBe(isHeld);
  });

  it('with a pattern holds nothing of which the pattern is not known', () => {
    expect(isInScope({ pattern: 'spike' }, seriesKey(), undefined)).toBe(false);
  });

  it('tells all traffic from every segment', () => {
    expect(isSameScope({ segment: '' }, {})).toBe(false);
    expect(isWholeModel({})).toBe(true);
    expect(isWholeModel({ segment: '' })).toBe(false);
  });
});

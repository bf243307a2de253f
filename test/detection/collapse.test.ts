import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsCollapsed, valuesCollapsed } from '../../src/detection/collapse.ts';

const times = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value);
const TRAFFIC = { role: 'traffic', statistic: 'traffic', segment: '' } as const;

describe('values that are gone at once', () => {
  const coverage = (value: number, history: readonly (number | null)[], { rows = 100, isDeclared = true } = {}) =>
    valuesCollapsed({ statistic: 'coverage' }, { value, rows, history }, isDeclared);
  const missing = (value: number, history: readonly (number | null)[]) =>
    valuesCollapsed({ statistic: 'missing_rate' }, { value, rows: 100, history }, false);

  it('tells how many are gone and how many usually are', () => {
    expect(coverage(0.29, times(28, 0.96))).toBe('71 % of the values missing or the default, usually 4 %');
    expect(missing(0.75, times(28, 0))).toBe('75 % of the values missing, usually 0 %');
  });

  it.each([
    ['half of all rows', 0.45, true],
    ['less than half', 0.47, false],
    ['a coverage that rises', 1, false],
  ])('asks for half of all rows: %s', (_words, value, isTold) => {
    expect(coverage(value, times(28, 0.96)) !== undefined).toBe(isTold);
  });

  it('is told again while failures fill less than half of the month, and no more after that', () => {
    expect(coverage(0.1, [...times(15, 0.96), ...times(13, 0)])).toBeDefined();
    expect(coverage(0.1, [...times(13, 0.96), ...times(15, 0)])).toBeUndefined();
  });

  it('asks the coverage only where somebody told what the default is', () => {
    expect(coverage(0.1, times(28, 0.96), { isDeclared: false })).toBeUndefined();
  });

  it.each([
    { rows: 19, isTold: false },
    { rows: 20, isTold: true },
  ])('asks for so many rows that chance loses half of them once in 22,000 windows: $rows', ({ rows, isTold }) => {
    expect(coverage(0.5, times(28, 1), { rows }) !== undefined).toBe(isTold);
  });

  it('knows a column that rests on weekends, and one that rested on a weekday it never did', () => {
    // The judged window is the day after the last one: a week after the entry at place 21.
    const week = [0, 1, 1, 1, 1, 1, 0];
    const weeks = [...week, ...week, ...week, ...week];

    expect(coverage(0, weeks)).toBeUndefined();
    expect(coverage(0, [...weeks.slice(1), 0])).toBeDefined();
  });

  it('needs seven known windows', () => {
    expect(missing(1, times(6, 0))).toBeUndefined();
    expect(missing(1, [null, null, ...times(7, 0)])).toBeDefined();
  });

  it('never tells of a value that is no worse than the usual one', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { minLength: 7, maxLength: 28 }), share, (history, value) => {
        const note = missing(value, history);
        if (note === undefined) return true;
        return value >= 0.5 && history.filter((past) => past < value).length >= history.length / 2;
      }),
    );
  });
});

describe('rows that are gone at once', () => {
  it('are fewer than half of those of any healthy window', () => {
    expect(rowsCollapsed(TRAFFIC, 9, [...times(27, 40), 20])).toBe('only 9 rows, usually at least 20');
    expect(rowsCollapsed(TRAFFIC, 1, [...times(27, 40), 20])).toBe('only 1 row, usually at least 20');
    expect(rowsCollapsed(TRAFFIC, 10, [...times(27, 40), 20])).toBeUndefined();
  });

  it('knows a weekday with few rows, since one is among the windows before', () => {
    expect(rowsCollapsed(TRAFFIC, 30, [...times(6, 400), 40, ...times(6, 400), 35])).toBeUndefined();
  });

  it('leaves out windows that were anomalies, and asks for seven others', () => {
    const healthy = times(7, 40);

    expect(rowsCollapsed(TRAFFIC, 4, [...healthy, Number.NaN, Number.NaN])).toBeDefined();
    expect(rowsCollapsed(TRAFFIC, 4, [...healthy.slice(1), Number.NaN])).toBeUndefined();
  });

  it('says nothing of models that have fewer than ten rows a window, and of segments', () => {
    expect(rowsCollapsed(TRAFFIC, 0, times(28, 9))).toBeUndefined();
    expect(rowsCollapsed(TRAFFIC, 0, times(28, 10))).toBeDefined();
    expect(rowsCollapsed({ ...TRAFFIC, segment: 'west' }, 0, times(28, 100))).toBeUndefined();
  });
});

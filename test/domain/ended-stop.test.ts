import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEndedStop } from '../../src/domain/ended-stop.ts';

const days = (count: number, rows: number) => new Array<number>(count).fill(rows);

describe('a source that stood still', () => {
  it('has a stop once rows are back for three days, however many it had before', () => {
    expect(findEndedStop([...days(10, 24), ...days(9, 0), 1, 3, 2])).toEqual({ start: 10, end: 19 });
    expect(findEndedStop([...days(24, 0), 1, 3, 0, 2, 0])).toEqual({ start: 0, end: 24 });
    expect(findEndedStop([...days(24, 0), 1, 3, 0])).toBeUndefined();
    expect(findEndedStop([...days(10, 24), ...days(9, 0)])).toBeUndefined();
  });

  it('rests on weekdays and stops for a week without being meant', () => {
    expect(findEndedStop([...days(10, 24), ...days(7, 0), ...days(10, 24)])).toBeUndefined();
    expect(findEndedStop(days(28, 24).map((rows, at) => (at % 7 > 4 ? 0 : rows)))).toBeUndefined();
  });

  it('stops again and again as its way', () => {
    expect(findEndedStop([...days(8, 0), ...days(3, 24), ...days(8, 0), ...days(3, 24)])).toBeUndefined();
  });

  it('is not known to have stood still on unknown days', () => {
    expect(findEndedStop([5, ...days(7, 0), null, 1, 1, 1])).toBeUndefined();
    expect(findEndedStop([5, ...days(7, 0), null, 0, 1, null, 1, 1])).toEqual({ start: 1, end: 10 });
  });

  it('had a stop of days without rows only, with rows right after and on at least three days since', () => {
    const rows = fc.array(fc.constantFrom(0, 0, 0, 0, 0, 7, null), { maxLength: 60 });
    fc.assert(
      fc.property(rows, (all) => {
        const stop = findEndedStop(all);
        if (stop === undefined) return;
        const { start, end } = stop;
        expect(all.slice(start, end).every((count) => count === 0 || count === null)).toBe(true);
        expect(all.slice(start, end).filter((count) => count === 0).length).toBeGreaterThanOrEqual(8);
        expect(all[end]).toBe(7);
        expect(all.slice(end).filter((count) => count === 7).length).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysToSunday,
  maskHolidays,
  type Reading,
  widenReading,
} from '../../../src/detection/driftbell/holiday-reading.ts';
import { BESIDE_HOLIDAY, HOLIDAY } from '../../../src/domain/holiday.ts';

const reading = (baseline: number, tail: number): Reading => ({
  ...{ baseline, lower: baseline - 1, upper: baseline + 1, score: 1 - tail, severity: 2, tail },
});
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const share = fc.double({ min: 1e-12, max: 1, noNaN: true });

describe('a holiday read twice', () => {
  it('is as likely as the likelier reading says, and what lies between both is usual', () => {
    const [own, sunday] = [reading(100, 1e-6), reading(60, 0.3)];

    expect(widenReading(own, sunday, 55)).toMatchObject({ baseline: 60, lower: 59, upper: 101, tail: 0.3 });
    expect(widenReading(own, sunday, 80)).toMatchObject({ tail: 1, severity: 0, score: 0 });
    expect(widenReading(own, { ...sunday, tail: 1e-9 }, 20)).toMatchObject({ baseline: 100, tail: 1e-6 });
  });

  it('is never judged more strictly than by one reading', () => {
    fc.assert(
      fc.property(number, number, share, share, number, (a, b, ownTail, sundayTail, value) => {
        const [own, sunday] = [reading(a, ownTail), reading(b, sundayTail)];

        const wide = widenReading(own, sunday, value);

        expect(wide.tail).toBeGreaterThanOrEqual(Math.max(ownTail, sundayTail));
        expect(wide.lower).toBeLessThanOrEqual(Math.min(own.lower, sunday.lower));
        expect(wide.upper).toBeGreaterThanOrEqual(Math.max(own.upper, sunday.upper));
      }),
    );
  });

  it('looks at the Sunday before, and only with a mark and a detector that asks for it', () => {
    const rules = { readsHolidays: true };

    expect([0, 1, 2, 3, 4, 5, 6].map((day) => daysToSunday(HOLIDAY, day, rules))).toEqual([1, 2, 3, 4, 5, 6, 0]);
    expect(daysToSunday(BESIDE_HOLIDAY, 0, rules)).toBe(1);
    expect(daysToSunday(0, 0, rules)).toBe(0);
    expect(daysToSunday(undefined, 0, rules)).toBe(0);
    expect(daysToSunday(HOLIDAY, 0, {})).toBe(0);
  });
});

describe('masking holidays', () => {
  it('masks marked windows, unless too few would stay', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, HOLIDAY, BESIDE_HOLIDAY), { minLength: 28, maxLength: 28 }),
        fc.integer({ min: 1, max: 25 }),
        (marks, leastKnownWindows) => {
          const history = new Float64Array(28).fill(5);
          const ordinary = marks.slice(0, 25).filter((mark) => mark === 0).length;

          maskHolidays(history, marks, 25, { masksHolidays: true, leastKnownWindows });

          const known = history.subarray(0, 25).filter(Number.isFinite).length;
          expect(known).toBe(ordinary < leastKnownWindows ? 25 : ordinary);
          expect([...history.subarray(25)]).toEqual([5, 5, 5]);
        },
      ),
    );
  });

  it('masks nothing for a detector that does not ask for it', () => {
    const history = new Float64Array(28).fill(5);

    maskHolidays(history, new Uint8Array(28).fill(HOLIDAY), 25, { leastKnownWindows: 0 });

    expect(history.every((value) => value === 5)).toBe(true);
  });
});

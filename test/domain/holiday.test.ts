import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BESIDE_HOLIDAY, HOLIDAY, holidayAt, markHolidays, spansOfHolidays } from '../../src/domain/holiday.ts';
import type { Granularity } from '../../src/domain/model.ts';
import { parseWindow, windowsBetween } from '../../src/domain/window.ts';

/** Keys of the windows with a mark, from noon of the first day to noon of the last. */
function marked(days: readonly string[], mark: number, zone: string, granularity: Granularity = 'day'): string[] {
  const spans = spansOfHolidays(
    days.map((day) => ({ day, name: day })),
    zone,
  );
  const [from, to] = [days[0] ?? '', days.at(-1) ?? ''].map((day) => parseWindow(day, zone, 'day').startMs);
  const windows = windowsBetween((from ?? 0) - 4 * 86_400_000, (to ?? 0) + 5 * 86_400_000, zone, granularity);
  const marks = markHolidays(
    spans,
    windows.map(({ startMs }) => startMs),
  );
  return windows.filter((_, at) => marks[at] === mark).map(({ key }) => key);
}

describe('marks of holidays', () => {
  it.each(['UTC', 'America/New_York', 'Pacific/Auckland', 'Europe/Berlin'])('name local days in %s', (zone) => {
    expect(marked(['2001-05-28'], HOLIDAY, zone)).toEqual(['2001-05-28']);
    expect(marked(['2001-05-28'], BESIDE_HOLIDAY, zone)).toEqual(['2001-05-27', '2001-05-29']);
  });

  it.each([
    ['after a day of 25 hours', '2023-10-30'],
    ['before a day of 25 hours', '2023-10-28'],
    ['after a day of 23 hours', '2023-03-27'],
    ['before a day of 23 hours', '2023-03-25'],
    ['on a day of 25 hours', '2023-10-29'],
  ])('take in one day on each side %s', (_case, day) => {
    expect(marked([day], HOLIDAY, 'Europe/Berlin')).toEqual([day]);
    expect(marked([day], BESIDE_HOLIDAY, 'Europe/Berlin')).toHaveLength(2);
  });

  it('mark the hours of the day', () => {
    expect(marked(['2001-07-04'], HOLIDAY, 'UTC', 'hour')).toHaveLength(24);
    expect(marked(['2001-07-04'], BESIDE_HOLIDAY, 'UTC', 'hour')).toHaveLength(48);
  });

  it('call a day a holiday that is also beside one', () => {
    expect(marked(['2023-12-25', '2023-12-26'], HOLIDAY, 'UTC')).toEqual(['2023-12-25', '2023-12-26']);
    expect(marked(['2023-12-25', '2023-12-26'], BESIDE_HOLIDAY, 'UTC')).toEqual(['2023-12-24', '2023-12-27']);
  });

  it('agree with a search window by window', () => {
    const day = fc.integer({ min: 0, max: 364 }).map((at) => isoDay(at));
    fc.assert(
      fc.property(fc.uniqueArray(day, { maxLength: 12 }), fc.integer({ min: 0, max: 300 }), (days, first) => {
        const spans = spansOfHolidays(
          days.map((each) => ({ day: each, name: each })),
          'UTC',
        );
        const starts = Array.from({ length: 60 }, (_, at) => Date.parse(isoDay(first + at)));

        const marks = markHolidays(spans, starts);

        starts.forEach((start, at) => {
          const isHoliday = holidayAt(spans, start) !== undefined;
          const isBeside = [-1, 1].some((side) =>
            days.includes(new Date(start + side * 86_400_000).toISOString().slice(0, 10)),
          );
          expect(marks[at]).toBe(isHoliday ? HOLIDAY : isBeside ? BESIDE_HOLIDAY : 0);
        });
      }),
    );
  });
});

function isoDay(at: number): string {
  return new Date(Date.UTC(2023, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
}

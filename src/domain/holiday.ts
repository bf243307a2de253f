import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from './identifiers.ts';

/** A day on which a country, or a part of it, rests. */
export interface Holiday {
  /** Local ISO date: `2001-05-28`. */
  readonly day: string;
  /** For people, with its place: `Memorial Day (US)`. */
  readonly name: string;
}

/** A holiday in time, half open. */
export interface HolidaySpan {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly text: string;
}

/** What the calendar says of a window. */
export const ORDINARY_DAY = 0;
export const HOLIDAY = 1;
/** The day before or after a holiday. */
export const BESIDE_HOLIDAY = 2;
export type DayMark = typeof ORDINARY_DAY | typeof HOLIDAY | typeof BESIDE_HOLIDAY;

const HOUR_MS = 3_600_000;
/** A day before may have 25 hours, one after 23; so that no window of a third day is taken in. */
const BEFORE_MS = 25 * HOUR_MS;
const AFTER_MS = 23 * HOUR_MS;

/** The days of a zone as spans of time, in time order. */
export function spansOfHolidays(holidays: readonly Holiday[], zone: string): readonly HolidaySpan[] {
  return holidays
    .map(({ day, name }) => {
      const start = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone });
      const end = start.add({ days: 1 }).startOfDay();
      return { startMs: start.epochMilliseconds, endMs: end.epochMilliseconds, text: name };
    })
    .toSorted((a, b) => a.startMs - b.startMs);
}

/** The holiday that a window begins in. */
export function holidayAt(spans: readonly HolidaySpan[], startMs: EpochMs): HolidaySpan | undefined {
  return spans.find((span) => startMs >= span.startMs && startMs < span.endMs);
}

/** Marks of windows by their starts, which are in time order; the spans are too. */
export function markHolidays(spans: readonly HolidaySpan[], starts: ArrayLike<EpochMs>): Uint8Array {
  const marks = new Uint8Array(starts.length);
  let first = 0;
  for (let at = 0; at < starts.length; at += 1) {
    const start = starts[at] ?? Number.NaN;
    while ((spans[first]?.endMs ?? Number.POSITIVE_INFINITY) + AFTER_MS <= start) first += 1;
    for (let index = first; index < spans.length; index += 1) {
      const span = spans[index] as HolidaySpan;
      if (span.startMs - BEFORE_MS > start) break;
      if (start >= span.startMs && start < span.endMs) marks[at] = HOLIDAY;
      else if (marks[at] === ORDINARY_DAY && start < span.endMs + AFTER_MS) marks[at] = BESIDE_HOLIDAY;
    }
  }
  return marks;
}

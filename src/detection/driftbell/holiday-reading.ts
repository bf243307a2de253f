import type { JudgingRules } from '../../domain/detector.ts';
import { ORDINARY_DAY } from '../../domain/holiday.ts';
import { DAYS_PER_WEEK } from '../features/day-of-week.ts';

/**
 * A window on a public holiday, or on the day before or after one, is read twice: as the weekday that it is, and as the
 * Sunday before it, by the history that that Sunday had. What neither reading finds rare is no anomaly, nor is a value
 * between the two baselines; the band is the hull of both.
 *
 * tail = 1 between the baselines, else the larger of both tails; lower = min, upper = max; baseline and severity are
 * those of the reading with the larger tail.
 *
 * Source: ours. Edge cases: a Sunday has one reading; a second one with too little history is not made; a row without a
 * mark is left as it is. Rules without history know no holidays, so an outage on one is an outage.
 */
export interface Reading {
  readonly baseline: number;
  readonly lower: number;
  readonly upper: number;
  readonly score: number;
  readonly severity: number;
  readonly tail: number;
}

/** Readings by row: what a detector answers, or a grid that is being judged. */
export type Readings = { readonly [part in keyof Reading]: Float64Array };

export const SUNDAY = 6;

/** Days back to the Sunday that a window is also read as; 0: to none. */
export function daysToSunday(
  mark: number | undefined,
  dayOfWeek: number,
  { readsHolidays = false }: Pick<JudgingRules, 'readsHolidays'>,
): number {
  if (!readsHolidays || mark === undefined || mark === ORDINARY_DAY) return 0;
  return (dayOfWeek + DAYS_PER_WEEK - SUNDAY) % DAYS_PER_WEEK;
}

export function widenReading(own: Reading, sunday: Reading, value: number): Reading {
  const likelier = sunday.tail > own.tail ? sunday : own;
  const isBetween = (value - own.baseline) * (value - sunday.baseline) <= 0;
  return {
    ...likelier,
    lower: Math.min(own.lower, sunday.lower),
    upper: Math.max(own.upper, sunday.upper),
    ...(isBetween && { score: 0, severity: 0, tail: 1 }),
  };
}

export function readingAt(readings: Readings, row: number): Reading {
  return {
    baseline: readings.baseline[row] ?? Number.NaN,
    lower: readings.lower[row] ?? Number.NaN,
    upper: readings.upper[row] ?? Number.NaN,
    score: readings.score[row] ?? Number.NaN,
    severity: readings.severity[row] ?? Number.NaN,
    tail: readings.tail[row] ?? Number.NaN,
  };
}

export function writeReading(readings: Readings, row: number, reading: Reading): void {
  readings.baseline[row] = reading.baseline;
  readings.lower[row] = reading.lower;
  readings.upper[row] = reading.upper;
  readings.score[row] = reading.score;
  readings.severity[row] = reading.severity;
  readings.tail[row] = reading.tail;
}

/** Writes NaN into the used values of a history that lie on a holiday or beside one, as long as enough others stay. */
export function maskHolidays(
  history: Float64Array,
  marks: ArrayLike<number>,
  used: number,
  { masksHolidays = false, leastKnownWindows }: Pick<JudgingRules, 'masksHolidays' | 'leastKnownWindows'>,
): void {
  if (!masksHolidays) return;
  const isMarked = (at: number): boolean => (marks[at] ?? ORDINARY_DAY) !== ORDINARY_DAY;
  let ordinary = 0;
  for (let at = 0; at < used; at += 1) if (Number.isFinite(history[at]) && !isMarked(at)) ordinary += 1;
  if (ordinary < leastKnownWindows) return;
  for (let at = 0; at < used; at += 1) if (isMarked(at)) history[at] = Number.NaN;
}

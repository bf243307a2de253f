import { findEndedStop } from '../domain/ended-stop.ts';
import type { Granularity } from '../domain/model.ts';
import { dayOfWeek, hourOfDay, type Window } from '../domain/window.ts';

/** Fewer windows of the same weekday or hour say nothing of what is usual. */
const FEWEST_WINDOWS = 3;
/** Turns a median absolute deviation into a standard deviation, where values are normal. */
const DEVIATIONS_PER_MAD = 1.4826;
/** Deviations below the median that chance alone hardly reaches: once in some 30 000 windows. */
const DEVIATIONS = 4;
/** Half of the usual rows are plausible whatever the spread: a spread of a few windows may be near zero by chance. */
const PLAUSIBLE_SHARE = 0.5;

/** How many rows a window should have. */
export interface ExpectedRows {
  /** Median of the windows of the same weekday, and of the same hour where windows are hours. */
  readonly median: number;
  /** Fewer are implausible: rows are probably still on their way. */
  readonly fewest: number;
}

/**
 * What is usual at this weekday (and hour): median m and, with the median absolute deviation d,
 * fewest = min(m / 2, m - 4 * 1.4826 * d), at least 0. Windows without rows count as 0 where the source was there.
 * With fewer than three such hours, the same hour of all days counts: a night is quiet in a model's first week, too.
 * Days on which the source stood still count no more once it is back (`findEndedStop`).
 * Undefined with fewer than three such windows.
 */
export function expectedRows(
  window: Window,
  earlier: readonly { readonly window: Window; readonly rows: number }[],
  of: { readonly zone: string; readonly granularity: Granularity },
): ExpectedRows | undefined {
  const isSameDay = (other: Window) => dayOfWeek(other, of.zone) === dayOfWeek(window, of.zone);
  const isSameHour = (other: Window) =>
    of.granularity === 'day' || hourOfDay(other, of.zone) === hourOfDay(window, of.zone);
  const before = earlier.filter((each) => each.window.startMs < window.startMs && isSameHour(each.window));
  const alike = of.granularity === 'day' ? withoutStop(before) : before;
  const ofDay = alike.filter((each) => isSameDay(each.window));
  const counted = ofDay.length < FEWEST_WINDOWS && of.granularity === 'hour' ? alike : ofDay;
  if (counted.length < FEWEST_WINDOWS) return undefined;
  const rows = counted.map((each) => each.rows);
  const median = medianOf(rows);
  const deviation = medianOf(rows.map((count) => Math.abs(count - median)));
  const fewest = Math.min(median * PLAUSIBLE_SHARE, median - DEVIATIONS * DEVIATIONS_PER_MAD * deviation);
  return { median, fewest: Math.max(0, fewest) };
}

function withoutStop<Day extends { readonly window: Window; readonly rows: number }>(
  days: readonly Day[],
): readonly Day[] {
  const ordered = days.toSorted((a, b) => a.window.startMs - b.window.startMs);
  const stop = findEndedStop(ordered.map(({ rows }) => rows));
  return stop === undefined ? days : ordered.filter((_, at) => at < stop.start || at >= stop.end);
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

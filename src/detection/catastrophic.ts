import type { DetectionRule } from '../domain/anomaly.ts';
import type { WindowLook } from '../domain/landing.ts';
import type { SeriesKey } from '../domain/series.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';

/**
 * The catastrophic path: extremes that need no history to be wrong, so that they are noticed on the first day.
 *
 * missing_rate = 1 with rows: all missing; coverage = 0 with rows: all default; traffic = 0: no rows, or late while the
 * source ends before the window
 *
 * Edge cases: coverage is also 0 where everything is missing; the column's missing rate decides which word is used.
 */
export function findCatastrophe(
  key: Pick<SeriesKey, 'role' | 'statistic'>,
  value: number | null,
  rows: number,
  missingRate: number | null,
  look?: TrafficLook,
): DetectionRule | undefined {
  if (key.role === 'traffic') return key.statistic === 'traffic' && value === 0 ? ruleWithoutRows(look) : undefined;
  if (rows === 0) return undefined;
  if (key.statistic === 'missing_rate' && value === 1) return 'all_missing';
  if (key.statistic === 'coverage' && value === 0) return missingRate === 1 ? 'all_missing' : 'all_default';
  return undefined;
}

function ruleWithoutRows(look: TrafficLook | undefined): DetectionRule {
  return look?.state === 'late' ? 'late' : 'no_rows';
}

/** What was seen of the judged window as a whole. */
export type TrafficLook = Pick<WindowLook, 'state' | 'rows' | 'text'>;

/**
 * True for traffic of 0 that needs no words: windows without rows are usual at that time, or all traffic says it for the
 * segments.
 */
export function isExplained(key: Pick<SeriesKey, 'role' | 'segment'>, look: TrafficLook | undefined): boolean {
  if (key.role !== 'traffic' || look?.rows !== 0) return false;
  return look.state === 'zero_rows' || key.segment !== ALL_TRAFFIC;
}

/** True while all traffic has stopped: however long that lasts, it is no habit. */
export function hasStopped(key: Pick<SeriesKey, 'role' | 'segment'>, look: TrafficLook | undefined): boolean {
  return key.role === 'traffic' && key.segment === ALL_TRAFFIC && look?.state === 'late' && look.rows === 0;
}

/** Known windows before an extreme value counts as a habit of the series rather than as a catastrophe. */
export const HABIT_WINDOWS = 7;
/** Share of the known windows that must hold the same extreme: a fault of two weeks is still one. */
export const HABIT_SHARE = 0.5;

/** True for traffic that was never seen: what has not begun cannot have broken off. */
export function isNotLiveYet(key: Pick<SeriesKey, 'role'>, history: readonly (number | null)[]): boolean {
  return key.role === 'traffic' && !history.some((past) => past !== null && past > 0);
}

/** Same weekdays, within four weeks, that make it a way of this weekday, such as a column that rests on weekends. */
const HABIT_WEEKDAYS = 3;
/**
 * Share of the windows on weekdays without that way that may hold the value all the same, such as holidays: where an eighth
 * does, a weekday does so on three of four weeks by chance in less than one case of a hundred.
 */
const OTHER_DAYS_SHARE = 1 / 8;

/**
 * True for a column that is always default, or an hour that never has traffic; and for one that is so on this weekday and
 * not on others, but for those that have the same way. `history`: oldest first, a window a day.
 */
export function isHabit(value: number | null, history: readonly (number | null)[]): boolean {
  let known = 0;
  let alike = 0;
  let alikeOfWeekday = 0;
  for (const [at, past] of history.entries()) {
    if (past === null) continue;
    known += 1;
    if (past !== value) continue;
    alike += 1;
    if ((history.length - at) % DAYS_PER_WEEK === 0) alikeOfWeekday += 1;
  }
  if (known < HABIT_WINDOWS) return false;
  if (alike > HABIT_SHARE * known) return true;
  return alikeOfWeekday >= HABIT_WEEKDAYS && areOtherDaysDifferent(value, history);
}

const DAYS_PER_WEEK = 7;

function areOtherDaysDifferent(value: number | null, history: readonly (number | null)[]): boolean {
  let known = 0;
  let alike = 0;
  for (let weekday = 0; weekday < DAYS_PER_WEEK; weekday += 1) {
    const ofWeekday = history.filter((past, at) => past !== null && at % DAYS_PER_WEEK === weekday);
    const alikeOfWeekday = ofWeekday.filter((past) => past === value).length;
    if (alikeOfWeekday >= HABIT_WEEKDAYS) continue;
    known += ofWeekday.length;
    alike += alikeOfWeekday;
  }
  return alike <= OTHER_DAYS_SHARE * known;
}

/** Separate spells of nothing but the default that make it a way of the column, such as rain on some days only. */
const HABIT_SPELLS = 2;

/** Rows below which nothing but one value may be chance: where half of them hold it, ten do once in a thousand windows. */
const FEWEST_DEFAULTS = 10;

/** True for nothing but a default that nobody declared, where that is what the column is now and then. */
export function isWayOfColumn({
  value,
  rows,
  history,
}: {
  readonly value: number | null;
  readonly rows: number;
  readonly history: readonly (number | null)[];
}): boolean {
  return rows < FEWEST_DEFAULTS || comesAndGoes(value, history);
}

/** True for a value that has come and gone before, whatever goes on at the end of the history. */
function comesAndGoes(value: number | null, history: readonly (number | null)[]): boolean {
  const known = history.filter((past) => past !== null);
  const ended = known.slice(0, known.findLastIndex((past) => past !== value) + 1);
  const spells = ended.filter((past, at) => past === value && ended[at - 1] !== value).length;
  return known.length >= HABIT_WINDOWS && spells >= HABIT_SPELLS;
}

/** Usual rows of a segment below which a window without any may be chance: of ten, one in e^10 = 22 000 is. */
const FEWEST_ROWS = 10;

/** True for a segment so small that it has no rows now and then. */
export function isSmallSegment(key: Pick<SeriesKey, 'role' | 'segment'>, history: readonly (number | null)[]): boolean {
  if (key.role !== 'traffic' || key.segment === ALL_TRAFFIC) return false;
  const known = history.filter((past) => past !== null).toSorted((a, b) => a - b);
  const median = known[Math.floor(known.length / 2)];
  return median !== undefined && median < FEWEST_ROWS;
}

import { counted } from '../domain/counted.ts';
import type { SeriesKey } from '../domain/series.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import { countsMissing } from './missing-values.ts';

/**
 * Most values of a column, or most rows of the model, are gone at once. No band is asked: after some failures it is wide
 * enough to hold the next, and a gap of one day need not be rare by the scatter of the days before.
 *
 * values: lost = usual - coverage, or missing rate - usual; collapsed where lost >= 1/2 and n * lost^2 >= 5
 *   usual = median of the known windows of the history, or of those of the same weekday where that is nearer the value
 *   n = rows; by Hoeffding's inequality n rows lose so much by chance once in e^(2 * 5) = 22,000 windows or less often
 * rows: collapsed where rows < least / 2; least = fewest rows of a healthy window of the history, and at least 10
 *
 * The coverage is asked only of columns with a declared default (`countsMissing`). Missing values are a fault however often.
 *
 * Edge cases: fewer than 7 known windows (3 of a weekday), nothing usual; a column that lost half of its values in most
 * windows has no usual value to fall from; segments have too few rows for the rule of the rows.
 */

/** Windows that must be known, as for a habit. */
const LEAST_WINDOWS = 7;
/** Of one weekday, within four weeks. */
const LEAST_OF_WEEKDAY = 3;
const LOST_SHARE = 0.5;
/** Rows times the squared share that is lost. */
const LEAST_EVIDENCE = 5;
/** Fewer rows halve by chance. */
const LEAST_ROWS = 10;
const DAYS_PER_WEEK = 7;

/** `history`: oldest first, a window a day. What was seen, for people; undefined: nothing collapsed. */
export function valuesCollapsed(
  key: Pick<SeriesKey, 'statistic'>,
  seen: { readonly value: number; readonly rows: number; readonly history: readonly (number | null)[] },
  isDefaultDeclared: boolean,
): string | undefined {
  if (!countsMissing(key, isDefaultDeclared)) return undefined;
  const isCoverage = key.statistic === 'coverage';
  // The quick answer for nearly all windows.
  if (isCoverage ? seen.value > 1 - LOST_SHARE : seen.value < LOST_SHARE) return undefined;
  const usual = usualOf(seen.value, seen.history);
  if (usual === undefined) return undefined;
  const lost = isCoverage ? usual - seen.value : seen.value - usual;
  if (lost < LOST_SHARE || seen.rows * lost * lost < LEAST_EVIDENCE) return undefined;
  const [now, before] = isCoverage ? [1 - seen.value, 1 - usual] : [seen.value, usual];
  const words = isCoverage ? 'missing or the default' : 'missing';
  return `${percent(now)} of the values ${words}, usually ${percent(before)}`;
}

/** `healthy`: rows of the windows before, NaN for those that are unknown or were anomalies themselves. */
export function rowsCollapsed(
  { role, statistic, segment }: Pick<SeriesKey, 'role' | 'statistic' | 'segment'>,
  rows: number,
  healthy: ArrayLike<number>,
): string | undefined {
  if (role !== 'traffic' || statistic !== 'traffic' || segment !== ALL_TRAFFIC) return undefined;
  let known = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < healthy.length; at += 1) {
    const past = healthy[at] ?? Number.NaN;
    if (Number.isNaN(past)) continue;
    known += 1;
    if (past < least) least = past;
  }
  if (known < LEAST_WINDOWS || least < LEAST_ROWS || rows >= LOST_SHARE * least) return undefined;
  return `only ${counted(rows, 'row')}, usually at least ${least}`;
}

/** Of the whole history and of the judged weekday the median that is nearer the value. */
function usualOf(value: number, history: readonly (number | null)[]): number | undefined {
  const usual = medianOf(history, LEAST_WINDOWS);
  const weekday = medianOf(
    history.filter((_, at) => (history.length - at) % DAYS_PER_WEEK === 0),
    LEAST_OF_WEEKDAY,
  );
  if (usual === undefined || weekday === undefined) return usual;
  return Math.abs(weekday - value) < Math.abs(usual - value) ? weekday : usual;
}

function medianOf(values: readonly (number | null)[], fewest: number): number | undefined {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (known.length < fewest) return undefined;
  const middle = known.length / 2;
  return ((known[Math.ceil(middle) - 1] ?? 0) + (known[Math.floor(middle)] ?? 0)) / 2;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

import type { ColumnAggregate } from '../domain/profile.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { observedRatio } from './observed-ratio.ts';

/**
 * The windows whose score statistics are out of date because labels came, or were taken back, after they were computed:
 * those whose share of labelled rows, sum of labels over scores, or rows differ from what was stored. `stored` and `now`
 * are of the score column; windows that were never stored are not late but missing, and not told here.
 */
export function windowsWithLateLabels(
  stored: readonly ColumnStatistics[],
  now: readonly ColumnAggregate[],
): readonly Window[] {
  const before = new Map(stored.filter(isScore).map((row) => [row.window.startMs, row]));
  return now.filter(isScore).flatMap((aggregate) => {
    const row = before.get(aggregate.window.startMs);
    return row === undefined || isSame(row, aggregate) ? [] : [aggregate.window];
  });
}

function isSame({ rows, statistics }: ColumnStatistics, aggregate: ColumnAggregate): boolean {
  const { observed } = aggregate;
  if (observed === null) return true;
  const labelled = Math.round((statistics.label_rate ?? 0) * rows);
  const ratio = observedRatio(observed);
  const before = statistics.observed_expected_ratio ?? null;
  return rows === aggregate.rows && labelled === observed.rows && isClose(before, ratio);
}

/** Sums of the same values in another order differ in their last digits. */
function isClose(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= SUMMATION_ERROR * Math.max(Math.abs(a), Math.abs(b));
}

const SUMMATION_ERROR = 1e-9;

function isScore({ role, segment }: { readonly role: string; readonly segment: string }): boolean {
  return role === 'score' && segment === ALL_TRAFFIC;
}

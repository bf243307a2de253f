import type { ColumnRole } from './column.ts';
import type { SeriesStatistic } from './statistic.ts';
import type { Window } from './window.ts';

/** Names a statistic of a column over windows. */
export interface SeriesKey {
  readonly segment: string;
  readonly column: string;
  readonly role: ColumnRole;
  readonly statistic: SeriesStatistic;
}

export interface SeriesPoint {
  readonly window: Window;
  /** Null: the window is missing, or the statistic has no value in it. */
  readonly value: number | null;
  readonly rows: number;
}

/** Points in time order, at most one per window; windows without a row may be absent. */
export interface Series {
  readonly key: SeriesKey;
  readonly points: readonly SeriesPoint[];
}

/** A stable text for maps and sorting; not for parsing. */
export function seriesName(key: SeriesKey): string {
  return `${key.segment === '' ? '' : `${key.segment}/`}${key.column}.${key.statistic}`;
}

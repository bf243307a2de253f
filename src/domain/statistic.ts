import type { ColumnKind, ColumnRole } from './column.ts';
import type { Window } from './window.ts';

/** One statistic of a column in a window; null where it has no value (no rows, all missing), never a made-up zero. */
export type StatisticValue = number | null;

/** Names of the statistics kept as columns of their own; shares of categories are beside them. */
export const statisticNames = [
  'mean',
  'standard_deviation',
  'minimum',
  'maximum',
  'q01',
  'q05',
  'q25',
  'q50',
  'q75',
  'q95',
  'q99',
  'coverage',
  'missing_rate',
  'non_finite_rate',
  'default_rate',
  'distinct_count',
  'entropy',
  'mean_norm',
  'wrong_length_rate',
  'js_distance',
  'psi',
  'wasserstein',
  'unseen_share',
  'observed_expected_ratio',
  'brier',
  'auc',
  'ndcg_at_10',
  'label_rate',
  'traffic',
  'traffic_ratio',
] as const;
export type StatisticName = (typeof statisticNames)[number];

/** A share of one category as a series of its own: `share[ORD]`. */
export type ShareName = `share[${string}]`;
export type SeriesStatistic = StatisticName | ShareName;

export function isSeriesStatistic(name: unknown): name is SeriesStatistic {
  if (typeof name !== 'string') return false;
  return statisticNames.some((one) => one === name) || (name.startsWith('share[') && name.endsWith(']'));
}

export const problemCodes = [
  'all_missing',
  'all_default',
  'no_rows',
  'column_vanished',
  'type_changed',
  'column_new',
  'spelling_changed',
  'unreadable',
  'label_missing',
  'label_unusable',
  'query_missing',
  'segments_capped',
] as const;

/** Something wrong with a column that is no number: it is shown and stored, and the other columns go on. */
export interface ColumnProblem {
  readonly code: (typeof problemCodes)[number];
  readonly text: string;
  /** Rows that have it. Absent: it is the whole column's. */
  readonly rows?: number;
}

/** True where nothing of the column could be read: every statistic is null. */
export function isUnread({ code }: ColumnProblem): boolean {
  return code === 'unreadable' || code === 'column_vanished';
}

/** How many rows of a window fell into each bin of the reference of this version; the order is that of `histogramOf`. */
export interface Histogram {
  readonly version: number;
  readonly counts: readonly number[];
}

/** Everything known of one column in one segment and window. */
export interface ColumnStatistics {
  readonly window: Window;
  /** '' is all traffic. */
  readonly segment: string;
  readonly column: string;
  readonly role: ColumnRole;
  readonly kind?: ColumnKind;
  readonly rows: number;
  readonly statistics: Readonly<Partial<Record<StatisticName, StatisticValue>>>;
  /** Largest categories by rows, each as a share 0..1 of all rows of the segment. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Of an embedding: the mean of each watched dimension, by its place from 0; null where it overflows. */
  readonly dimensionMeans?: Readonly<Record<string, number | null>>;
  /** Over all traffic, once there is a reference. */
  readonly histogram?: Histogram;
  readonly problems: readonly ColumnProblem[];
}

/** What was wrong with a column in a window, without its numbers. */
export type ColumnState = Pick<ColumnStatistics, 'window' | 'segment' | 'column' | 'role' | 'rows' | 'problems'>;

export const ALL_TRAFFIC = '';

/** The segments beyond the largest, taken together. */
export const OTHER_SEGMENTS = '(other)';

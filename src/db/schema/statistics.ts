import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ColumnId } from '../../domain/identifiers.ts';
import type { StatisticName } from '../../domain/statistic.ts';
import { columns } from './columns.ts';

/** One column each, by the name of the statistic. */
const values = {
  mean: real('mean'),
  standard_deviation: real('standard_deviation'),
  minimum: real('minimum'),
  maximum: real('maximum'),
  q01: real('q01'),
  q05: real('q05'),
  q25: real('q25'),
  q50: real('q50'),
  q75: real('q75'),
  q95: real('q95'),
  q99: real('q99'),
  coverage: real('coverage'),
  missing_rate: real('missing_rate'),
  non_finite_rate: real('non_finite_rate'),
  default_rate: real('default_rate'),
  distinct_count: real('distinct_count'),
  entropy: real('entropy'),
  mean_norm: real('mean_norm'),
  wrong_length_rate: real('wrong_length_rate'),
  js_distance: real('js_distance'),
  psi: real('psi'),
  wasserstein: real('wasserstein'),
  unseen_share: real('unseen_share'),
  observed_expected_ratio: real('observed_expected_ratio'),
  brier: real('brier'),
  auc: real('auc'),
  ndcg_at_10: real('ndcg_at_10'),
  label_rate: real('label_rate'),
  traffic: real('traffic'),
  traffic_ratio: real('traffic_ratio'),
} satisfies Record<StatisticName, unknown>;

/**
 * Wide: a row per column, segment and window, because all statistics of a window are written and mostly read together.
 * The window comes before the segment in the key: windows are replaced, and series read, for all segments at once.
 */
export const statistics = sqliteTable(
  'statistics',
  {
    columnId: integer('column_id')
      .$type<ColumnId>()
      .notNull()
      .references(() => columns.id),
    windowStartMs: integer('window_start_ms').notNull(),
    segment: text('segment').notNull(),
    windowEndMs: integer('window_end_ms').notNull(),
    windowKey: text('window_key').notNull(),
    rows: integer('rows').notNull(),
    ...values,
    /** JSON: names of the statistics that have no value here, unlike those that were never asked for. Null: none. */
    valueless: text('valueless'),
    /** JSON: category to share. */
    shares: text('shares'),
    /** JSON: place in the vector to mean. Null: no embedding. */
    dimensionMeans: text('dimension_means'),
    /** JSON: version of the reference and rows by its bins. Null: no reference. */
    histogram: text('histogram'),
    /** JSON: a list of problems. Null: none. */
    problems: text('problems'),
  },
  (table) => [primaryKey({ columns: [table.columnId, table.windowStartMs, table.segment] })],
);

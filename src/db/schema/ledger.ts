import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ColumnId } from '../../domain/identifiers.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { columns } from './columns.ts';

export const ledger = sqliteTable(
  'ledger',
  {
    id: integer('id').primaryKey(),
    columnId: integer('column_id')
      .$type<ColumnId>()
      .notNull()
      .references(() => columns.id),
    windowStartMs: integer('window_start_ms').notNull(),
    windowEndMs: integer('window_end_ms').notNull(),
    windowKey: text('window_key').notNull(),
    segment: text('segment').notNull(),
    statistic: text('statistic').$type<SeriesStatistic>().notNull(),
    filter: text('filter').notNull(),
    isKept: integer('is_kept', { mode: 'boolean' }).notNull(),
    measure: real('measure').notNull(),
    threshold: real('threshold').notNull(),
    baseline: real('baseline'),
    lower: real('lower'),
    upper: real('upper'),
    note: text('note'),
  },
  (table) => [index('ledger_column_window').on(table.columnId, table.windowStartMs)],
);

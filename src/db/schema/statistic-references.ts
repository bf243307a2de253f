import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ColumnId } from '../../domain/identifiers.ts';
import { columns } from './columns.ts';

/** A row per column of each healthy period that windows are compared with; rows of one version are put together. */
export const statisticReferences = sqliteTable(
  'statistic_references',
  {
    columnId: integer('column_id')
      .$type<ColumnId>()
      .notNull()
      .references(() => columns.id),
    version: integer('version').notNull(),
    builtAt: integer('built_at').notNull(),
    appliesFromMs: integer('applies_from_ms').notNull(),
    windows: integer('windows').notNull(),
    /** JSON: edges, or categories. */
    bins: text('bins').notNull(),
    /** JSON: rows by bin. */
    counts: text('counts').notNull(),
    mean: real('mean'),
    standardDeviation: real('standard_deviation'),
    minimum: real('minimum'),
    maximum: real('maximum'),
  },
  (table) => [primaryKey({ columns: [table.columnId, table.version] })],
);

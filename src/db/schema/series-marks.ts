import { index, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { columnRoles } from '../../domain/column.ts';
import type { FindingId, MarkId, ModelId, ReportId, UserId } from '../../domain/identifiers.ts';
import { markKinds } from '../../domain/series-mark.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { models } from './models.ts';
import { reports } from './reports.ts';

/** What votes do at once to single series; kept for ever, also when undone. */
export const seriesMarks = sqliteTable(
  'series_marks',
  {
    id: integer('id').$type<MarkId>().primaryKey({ autoIncrement: true }),
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    segment: text('segment').notNull(),
    column: text('column').notNull(),
    role: text('role', { enum: columnRoles }).notNull(),
    statistic: text('statistic').$type<SeriesStatistic>().notNull(),
    kind: text('kind', { enum: markKinds }).notNull(),
    fromMs: integer('from_ms').notNull(),
    toMs: integer('to_ms'),
    isAbove: integer('is_above', { mode: 'boolean' }),
    size: real('size'),
    left: real('share_left'),
    expiresAt: integer('expires_at'),
    lastHeldMs: integer('last_held_ms'),
    by: text('by').$type<UserId>().notNull(),
    at: integer('at').notNull(),
    reportId: integer('report_id')
      .$type<ReportId>()
      .references(() => reports.id),
    findingId: integer('finding_id').$type<FindingId>(),
    undoneAt: integer('undone_at'),
    undoneBy: text('undone_by').$type<UserId>(),
  },
  (table) => [index('series_marks_model').on(table.modelId, table.at)],
);

import { sql } from 'drizzle-orm';
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { ModelId, ReportId, UserId } from '../../domain/identifiers.ts';
import { reportEndings, reportStates, severityWords } from '../../domain/report.ts';
import { models } from './models.ts';

export const reports = sqliteTable(
  'reports',
  {
    id: integer('id').$type<ReportId>().primaryKey({ autoIncrement: true }),
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    state: text('state', { enum: reportStates }).notNull(),
    severity: text('severity', { enum: severityWords }).notNull(),
    openedKey: text('opened_key').notNull(),
    openedStartMs: integer('opened_start_ms').notNull(),
    openedEndMs: integer('opened_end_ms').notNull(),
    latestKey: text('latest_key').notNull(),
    latestStartMs: integer('latest_start_ms').notNull(),
    latestEndMs: integer('latest_end_ms').notNull(),
    /** Null in rows from before it was kept: as the latest. */
    judgedKey: text('judged_key'),
    judgedStartMs: integer('judged_start_ms'),
    judgedEndMs: integer('judged_end_ms'),
    outSeries: integer('out_series').notNull().default(0),
    peakSeries: integer('peak_series').notNull().default(0),
    peakSeverity: real('peak_severity').notNull().default(0),
    peakWord: text('peak_word', { enum: severityWords }).notNull().default('notable'),
    toldSeries: integer('told_series').notNull().default(0),
    toldSeverity: real('told_severity').notNull().default(0),
    toldWord: text('told_word', { enum: severityWords }).notNull().default('notable'),
    normalAskedMs: integer('normal_asked_ms'),
    ending: text('ending', { enum: reportEndings }),
    resolvedKey: text('resolved_key'),
    resolvedStartMs: integer('resolved_start_ms'),
    resolvedEndMs: integer('resolved_end_ms'),
    resolvedBy: text('resolved_by').$type<UserId>(),
    resolvedAt: integer('resolved_at'),
    acknowledgedBy: text('acknowledged_by').$type<UserId>(),
    acknowledgedAt: integer('acknowledged_at'),
    revision: integer('revision').notNull(),
    channel: text('channel'),
    ts: text('ts'),
    chartFileId: text('chart_file_id'),
    chartAltText: text('chart_alt_text'),
    chartDigest: text('chart_digest'),
  },
  (table) => [
    uniqueIndex('reports_one_open').on(table.modelId).where(sql`state <> 'resolved'`),
    uniqueIndex('reports_posted').on(table.channel, table.ts),
    index('reports_model').on(table.modelId),
  ],
);

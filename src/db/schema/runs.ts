import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { ModelId, RunId } from '../../domain/identifiers.ts';
import { models } from './models.ts';

export const runOutcomes = ['running', 'ok', 'failed', 'skipped'] as const;

export const runs = sqliteTable(
  'runs',
  {
    id: integer('id').$type<RunId>().primaryKey({ autoIncrement: true }),
    job: text('job').notNull(),
    modelId: integer('model_id')
      .$type<ModelId>()
      .references(() => models.id),
    windowStartMs: integer('window_start_ms'),
    /** Job, model and window in one text, so that absent parts are equal to each other under the unique index. */
    subject: text('subject').notNull(),
    startedAt: integer('started_at').notNull(),
    leaseUntil: integer('lease_until').notNull(),
    endedAt: integer('ended_at'),
    outcome: text('outcome', { enum: runOutcomes }).notNull(),
    /** JSON: name to number. */
    counts: text('counts').notNull(),
    error: text('error'),
  },
  (table) => [
    uniqueIndex('runs_one_running').on(table.subject).where(sql`outcome = 'running'`),
    index('runs_job_model').on(table.job, table.modelId, table.windowStartMs),
  ],
);

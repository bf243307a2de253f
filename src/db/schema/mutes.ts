import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { patterns } from '../../domain/finding.ts';
import type { ModelId, MuteId, UserId } from '../../domain/identifiers.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { models } from './models.ts';

export const mutes = sqliteTable(
  'mutes',
  {
    id: integer('id').$type<MuteId>().primaryKey({ autoIncrement: true }),
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    by: text('by').$type<UserId>().notNull(),
    startMs: integer('start_ms').notNull(),
    untilMs: integer('until_ms').notNull(),
    /** Null in all four: the whole model. */
    segment: text('segment'),
    column: text('column'),
    statistic: text('statistic').$type<SeriesStatistic>(),
    pattern: text('pattern', { enum: patterns }),
    /** JSON: the levels that are muted until they change, and the ratio; null: the mute ends by time alone. */
    untilChange: text('until_change'),
    reason: text('reason'),
    /** Ended before its time: by hand, or since every level has changed. */
    endedAt: integer('ended_at'),
  },
  (table) => [index('mutes_model').on(table.modelId, table.untilMs)],
);

import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ModelId, MuteId, UserId } from '../../domain/identifiers.ts';
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
    reason: text('reason'),
    /** Ended by hand before its time. */
    endedAt: integer('ended_at'),
  },
  (table) => [index('mutes_model').on(table.modelId, table.untilMs)],
);

import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ModelId } from '../../domain/identifiers.ts';
import { landingStates } from '../../domain/landing.ts';
import { models } from './models.ts';

/** Whether the rows of each window have come, as of the last time that somebody looked. */
export const windowLooks = sqliteTable(
  'window_looks',
  {
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    windowStartMs: integer('window_start_ms').notNull(),
    windowEndMs: integer('window_end_ms').notNull(),
    windowKey: text('window_key').notNull(),
    state: text('state', { enum: landingStates }).notNull(),
    text: text('text').notNull(),
    at: integer('at').notNull(),
    rows: integer('rows').notNull(),
    sameSince: integer('same_since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.modelId, table.windowStartMs] })],
);

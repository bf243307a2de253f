import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { ModelId } from '../../domain/identifiers.ts';
import { eventKinds } from '../../domain/model.ts';
import { models } from './models.ts';

export const events = sqliteTable(
  'events',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    modelId: integer('model_id')
      .$type<ModelId>()
      .notNull()
      .references(() => models.id),
    startMs: integer('start_ms').notNull(),
    endMs: integer('end_ms').notNull(),
    kind: text('kind', { enum: eventKinds }).notNull(),
    text: text('text').notNull(),
  },
  (table) => [uniqueIndex('events_same').on(table.modelId, table.startMs, table.endMs, table.kind, table.text)],
);

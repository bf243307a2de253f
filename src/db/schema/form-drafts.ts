import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { UserId } from '../../domain/identifiers.ts';

/** What a person has filled in and not confirmed yet: a dialog may stay open while the bot starts anew. */
export const formDrafts = sqliteTable(
  'form_drafts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    by: text('by').$type<UserId>().notNull(),
    at: integer('at').notNull(),
    /** JSON, read by whoever wrote it. */
    body: text('body').notNull(),
  },
  (table) => [index('form_drafts_at').on(table.at)],
);

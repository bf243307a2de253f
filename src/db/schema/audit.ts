import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { UserId } from '../../domain/identifiers.ts';

/** Append-only; `subject` is text such as `report:7`, so that an entry outlives what it is about. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: integer('at').notNull(),
    by: text('by').$type<UserId>().notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    /** JSON: name to anything. */
    facts: text('facts').notNull(),
  },
  (table) => [index('audit_subject').on(table.subject)],
);

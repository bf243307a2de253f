import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ReportId } from '../../domain/identifiers.ts';
import { reports } from './reports.ts';

export const outboxKinds = ['report', 'note'] as const;
export const outboxStates = ['pending', 'sent', 'failed'] as const;

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    key: text('key').notNull().unique(),
    kind: text('kind', { enum: outboxKinds }).notNull(),
    reportId: integer('report_id')
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id),
    revision: integer('revision').notNull(),
    /** JSON: a neutral message, of a note. */
    message: text('message'),
    isBroadcast: integer('is_broadcast', { mode: 'boolean' }).notNull().default(false),
    state: text('state', { enum: outboxStates }).notNull(),
    attempts: integer('attempts').notNull(),
    notBefore: integer('not_before').notNull(),
    lastError: text('last_error'),
    addedAt: integer('added_at').notNull(),
    /** When it was sent or given up. */
    doneAt: integer('done_at'),
  },
  (table) => [index('outbox_due').on(table.state, table.notBefore)],
);

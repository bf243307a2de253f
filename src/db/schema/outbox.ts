import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ReportId } from '../../domain/identifiers.ts';
import { reports } from './reports.ts';

export const outboxKinds = ['report', 'details', 'note', 'channel'] as const;
export const outboxStates = ['pending', 'sent', 'failed'] as const;

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    key: text('key').notNull().unique(),
    kind: text('kind', { enum: outboxKinds }).notNull(),
    /** Null for a message of its own in a channel. */
    reportId: integer('report_id')
      .$type<ReportId>()
      .references(() => reports.id),
    revision: integer('revision').notNull(),
    channel: text('channel'),
    /** JSON: a neutral message, of a note or a message of its own. */
    message: text('message'),
    isBroadcast: integer('is_broadcast', { mode: 'boolean' }).notNull().default(false),
    state: text('state', { enum: outboxStates }).notNull(),
    attempts: integer('attempts').notNull(),
    notBefore: integer('not_before').notNull(),
    /** When quiet hours first kept it back. */
    heldAt: integer('held_at'),
    /** Set while a try is under way, and left set when nobody knows how it ended. */
    begunAt: integer('begun_at'),
    lastError: text('last_error'),
    addedAt: integer('added_at').notNull(),
    /** When it was sent or given up. */
    doneAt: integer('done_at'),
  },
  (table) => [index('outbox_due').on(table.state, table.notBefore)],
);

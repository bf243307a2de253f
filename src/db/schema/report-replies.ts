import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ReportId } from '../../domain/identifiers.ts';
import { reports } from './reports.ts';

/** Replies in the thread of a report that are kept up to date. */
export const reportReplies = sqliteTable(
  'report_replies',
  {
    reportId: integer('report_id')
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id),
    slot: text('slot').notNull(),
    ts: text('ts').notNull(),
    digest: text('digest').notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.slot] })],
);

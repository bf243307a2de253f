import { sql } from 'drizzle-orm';
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { FindingId, ReportId, UserId } from '../../domain/identifiers.ts';
import { verdicts, voteReasons } from '../../domain/vote.ts';
import { findings } from './findings.ts';
import { reports } from './reports.ts';

export const votes = sqliteTable(
  'votes',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    reportId: integer('report_id')
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id),
    /** Null: a vote on the report as a whole. */
    findingId: integer('finding_id')
      .$type<FindingId>()
      .references(() => findings.id),
    by: text('by').$type<UserId>().notNull(),
    verdict: text('verdict', { enum: verdicts }).notNull(),
    reason: text('reason', { enum: voteReasons }),
    at: integer('at').notNull(),
    word: text('word'),
    /** Version of the detector, with what it had learned. */
    detector: text('detector'),
    /** JSON: the judged windows that the vote is about, as stage 2 saw them. */
    windows: text('windows'),
  },
  (table) => [
    uniqueIndex('votes_finding_by').on(table.reportId, table.findingId, table.by).where(sql`finding_id is not null`),
    // Nulls are distinct in a unique index: whole-report votes need one of their own.
    uniqueIndex('votes_report_by').on(table.reportId, table.by).where(sql`finding_id is null`),
  ],
);

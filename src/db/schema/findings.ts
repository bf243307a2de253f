import { type AnySQLiteColumn, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { detectionRules } from '../../domain/anomaly.ts';
import { columnRoles } from '../../domain/column.ts';
import { patterns } from '../../domain/finding.ts';
import type { FindingId, ReportId } from '../../domain/identifiers.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { reports } from './reports.ts';

/** What people saw: it names its column itself, so that it reads the same whatever becomes of the column. */
export const findings = sqliteTable(
  'findings',
  {
    id: integer('id').$type<FindingId>().primaryKey({ autoIncrement: true }),
    reportId: integer('report_id')
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id),
    /** Place in the newest list of the report; findings of older lists come after it. */
    position: integer('position').notNull(),
    segment: text('segment').notNull(),
    column: text('column').notNull(),
    role: text('role', { enum: columnRoles }).notNull(),
    statistic: text('statistic').$type<SeriesStatistic>().notNull(),
    fromKey: text('from_key').notNull(),
    fromStartMs: integer('from_start_ms').notNull(),
    fromEndMs: integer('from_end_ms').notNull(),
    toKey: text('to_key').notNull(),
    toStartMs: integer('to_start_ms').notNull(),
    toEndMs: integer('to_end_ms').notNull(),
    /** JSON: a list of anomalies without their series. */
    anomalies: text('anomalies').notNull(),
    /** JSON: one anomaly without its series. */
    worst: text('worst').notNull(),
    severity: real('severity').notNull(),
    pattern: text('pattern', { enum: patterns }).notNull(),
    rule: text('rule', { enum: detectionRules }).notNull(),
    /** The finding of the same series that grew over this one; people see only that one. */
    mergedInto: integer('merged_into')
      .$type<FindingId>()
      .references((): AnySQLiteColumn => findings.id),
  },
  (table) => [
    uniqueIndex('findings_report_series_from').on(
      table.reportId,
      table.column,
      table.segment,
      table.statistic,
      table.fromStartMs,
    ),
  ],
);

import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { detectionRules } from '../../domain/anomaly.ts';
import type { ColumnId } from '../../domain/identifiers.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import { columns } from './columns.ts';

export const detections = sqliteTable(
  'detections',
  {
    columnId: integer('column_id')
      .$type<ColumnId>()
      .notNull()
      .references(() => columns.id),
    windowStartMs: integer('window_start_ms').notNull(),
    segment: text('segment').notNull(),
    statistic: text('statistic').$type<SeriesStatistic>().notNull(),
    windowEndMs: integer('window_end_ms').notNull(),
    windowKey: text('window_key').notNull(),
    value: real('value'),
    rows: integer('rows').notNull(),
    baseline: real('baseline'),
    lower: real('lower'),
    upper: real('upper'),
    score: real('score'),
    severity: real('severity'),
    tail: real('tail'),
    nominalTail: real('nominal_tail'),
    evidence: real('evidence'),
    isAnomaly: integer('is_anomaly', { mode: 'boolean' }).notNull(),
    rule: text('rule', { enum: detectionRules }),
    note: text('note'),
    detector: text('detector').notNull(),
  },
  (table) => [primaryKey({ columns: [table.columnId, table.windowStartMs, table.segment, table.statistic] })],
);

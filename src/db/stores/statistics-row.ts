import { getTableColumns, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ColumnId } from '../../domain/identifiers.ts';
import {
  type ColumnProblem,
  type ColumnStatistics,
  type StatisticName,
  statisticNames,
} from '../../domain/statistic.ts';
import { finite } from '../finite.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import { statistics } from '../schema/statistics.ts';
import type { KnownColumn } from './column-ids.ts';

const problemCodes = [
  'all_missing',
  'all_default',
  'no_rows',
  'column_vanished',
  'type_changed',
  'unreadable',
  'label_missing',
] as const satisfies ColumnProblem['code'][];

const Valueless = z.array(z.enum(statisticNames));
const Problems = z.array(z.object({ code: z.enum(problemCodes), text: z.string() }));
export const Shares = z.record(z.string(), z.number());

type StatisticsRow = typeof statistics.$inferSelect;

/** A placeholder for every column of the table, so that one prepared insert serves all rows. */
export function allStatistics(): typeof statistics.$inferInsert {
  const names = Object.keys(getTableColumns(statistics)).map((name) => [name, sql.placeholder(name)]);
  return Object.fromEntries(names) as typeof statistics.$inferInsert;
}

export function fromColumnStatistics(columnId: ColumnId, given: ColumnStatistics): StatisticsRow {
  const where = statisticsRowName(columnId, given.window.key);
  const valueless = statisticNames.filter((name) => given.statistics[name] === null);
  const values = Object.fromEntries(
    statisticNames.map((name) => [
      name,
      finite(given.statistics[name] ?? null, () => `${name} of ${given.column} in ${given.window.key}`),
    ]),
  ) as Record<StatisticName, number | null>;
  return {
    columnId,
    windowStartMs: given.window.startMs,
    segment: given.segment,
    windowEndMs: given.window.endMs,
    windowKey: given.window.key,
    rows: given.rows,
    ...values,
    valueless: valueless.length === 0 ? null : writeJson(Valueless, valueless, where),
    shares: given.shares === undefined ? null : writeJson(Shares, given.shares, where),
    problems: given.problems.length === 0 ? null : writeJson(Problems, given.problems, where),
  };
}

export function toColumnStatistics(column: KnownColumn, row: StatisticsRow): ColumnStatistics {
  const where = statisticsRowName(row.columnId, row.windowKey);
  const valueless = row.valueless === null ? [] : readJson(Valueless, row.valueless, where);
  return {
    window: { key: row.windowKey, startMs: row.windowStartMs, endMs: row.windowEndMs },
    segment: row.segment,
    column: column.name,
    role: column.role,
    ...present({ kind: column.kind }),
    rows: row.rows,
    statistics: {
      ...present(Object.fromEntries(statisticNames.map((name) => [name, row[name]]))),
      ...Object.fromEntries(valueless.map((name) => [name, null])),
    },
    ...(row.shares === null ? {} : { shares: readJson(Shares, row.shares, where) }),
    problems: row.problems === null ? [] : readJson(Problems, row.problems, where),
  };
}

export function statisticsRowName(columnId: ColumnId, windowKey: string): { table: string; id: string } {
  return { table: 'statistics', id: `of column ${columnId} in ${windowKey}` };
}

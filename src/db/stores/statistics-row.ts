import { z } from 'zod';
import type { ColumnId } from '../../domain/identifiers.ts';
import {
  type ColumnProblem,
  type ColumnStatistics,
  problemCodes,
  type StatisticName,
  statisticNames,
} from '../../domain/statistic.ts';
import { finite } from '../finite.ts';
import { readJson, writeJson } from '../json-column.ts';
import { present } from '../present.ts';
import type { statistics } from '../schema/statistics.ts';
import type { KnownColumn } from './column-ids.ts';

const Valueless = z.array(z.enum(statisticNames));
const Problem = z.object({ code: z.enum(problemCodes), text: z.string(), rows: z.number().int().optional() });
const Problems = z.array(Problem.transform(({ rows, ...problem }) => ({ ...problem, ...present({ rows }) })));
const DimensionMeans = z.record(z.string(), z.number().nullable());
const StoredHistogram = z.object({ version: z.number().int(), counts: z.array(z.number().int().min(0)) });
export const Shares = z.record(z.string(), z.number());

type StatisticsRow = typeof statistics.$inferSelect;

export function fromColumnStatistics(columnId: ColumnId, given: ColumnStatistics): StatisticsRow {
  const { window, segment, rows, shares, dimensionMeans, histogram, problems } = given;
  const where = statisticsRowName(columnId, window.key);
  const valueless = statisticNames.filter((name) => given.statistics[name] === null);
  return {
    columnId,
    windowStartMs: window.startMs,
    segment,
    windowEndMs: window.endMs,
    windowKey: window.key,
    rows,
    ...statisticCells(given),
    valueless: valueless.length === 0 ? null : writeJson(Valueless, valueless, where),
    shares: shares === undefined ? null : writeJson(Shares, shares, where),
    dimensionMeans: dimensionMeans === undefined ? null : writeJson(DimensionMeans, dimensionMeans, where),
    histogram: histogram === undefined ? null : writeJson(StoredHistogram, histogram, where),
    problems: problems.length === 0 ? null : writeJson(Problems, problems, where),
  };
}

function statisticCells({
  statistics: values,
  column,
  window,
}: ColumnStatistics): Record<StatisticName, number | null> {
  const cells: Partial<Record<StatisticName, number | null>> = {};
  for (const name of statisticNames) {
    cells[name] = finite(values[name] ?? null, () => `${name} of ${column} in ${window.key}`);
  }
  // The loop went over all names.
  return cells as Record<StatisticName, number | null>;
}

/** What a traffic ratio is stored as. The only other statistic of a traffic row always has a value. */
export function trafficRatioCells(ratio: number | null, where: { table: string; id: string }) {
  return {
    traffic_ratio: finite(ratio, () => `traffic_ratio ${where.id}`),
    valueless: ratio === null ? writeJson(Valueless, ['traffic_ratio'], where) : null,
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
    ...(row.dimensionMeans === null ? {} : { dimensionMeans: readJson(DimensionMeans, row.dimensionMeans, where) }),
    ...(row.histogram === null ? {} : { histogram: readJson(StoredHistogram, row.histogram, where) }),
    problems: toProblems(row),
  };
}

export function toProblems(row: Pick<StatisticsRow, 'columnId' | 'windowKey' | 'problems'>): readonly ColumnProblem[] {
  return row.problems === null ? [] : readJson(Problems, row.problems, statisticsRowName(row.columnId, row.windowKey));
}

export function statisticsRowName(columnId: ColumnId, windowKey: string): { table: string; id: string } {
  return { table: 'statistics', id: `of column ${columnId} in ${windowKey}` };
}

import type { ColumnStatistics, StatisticName } from '../domain/statistic.ts';
import type { Importance } from '../statistics/index.ts';
import type { ToldRow } from './tell-landing.ts';
import { shortNumber, textTable } from './text-table.ts';

type Shares = Importance['shares'];

/** Statistics shown in the readable table; --json has all. */
const SHOWN: readonly StatisticName[] = [
  'mean',
  'standard_deviation',
  'q50',
  'coverage',
  'missing_rate',
  'distinct_count',
];

const ESTIMATE = '~';

/** One JSON object; with `importance` for features where a table of it was named. */
export function jsonLine(row: ToldRow, shares: Shares | undefined): string {
  return JSON.stringify({
    window: row.window.key,
    segment: row.segment,
    column: row.column,
    role: row.role,
    kind: row.kind ?? null,
    rows: row.rows,
    statistics: row.statistics,
    ...(row.shares === undefined ? {} : { shares: row.shares }),
    ...(shares === undefined || row.role !== 'feature' ? {} : { importance: importanceOf(row, shares) }),
    ...(row.landing === undefined ? {} : { landing: row.landing }),
    problems: row.problems,
  });
}

export function readable(rows: readonly ColumnStatistics[], shares: Shares | undefined): string[] {
  const hasSegments = rows.some((row) => row.segment !== '');
  const told = shares === undefined ? [] : ['importance'];
  const header = [
    'window',
    ...(hasSegments ? ['segment'] : []),
    'column',
    'kind',
    ...told,
    'rows',
    ...SHOWN,
    'problems',
  ];
  return textTable(
    header,
    rows.map((row) => [
      row.window.key,
      ...(hasSegments ? [row.segment === '' ? 'all' : row.segment] : []),
      row.column,
      row.kind ?? row.role,
      ...(shares === undefined ? [] : [shortNumber(importanceOf(row, shares))]),
      String(row.rows),
      ...SHOWN.map((name) => `${isEstimate(name, row) ? ESTIMATE : ''}${shortNumber(row.statistics[name])}`),
      row.problems.map((problem) => problem.text).join('; '),
    ]),
  );
}

/** What the table marks so is told below it. */
export function estimateRemarks(rows: readonly ColumnStatistics[]): string[] {
  if (!rows.some((row) => isEstimate('distinct_count', row))) return [];
  return [
    `${ESTIMATE} before distinct_count: an estimate, as of all columns of numbers, off by 13 % (one standard deviation).`,
  ];
}

/** Distinct numbers are never counted, however few they are; see "Exactness" in `docs/statistics.md`. */
function isEstimate(name: StatisticName, { kind, statistics }: ColumnStatistics): boolean {
  return name === 'distinct_count' && kind === 'numeric' && typeof statistics.distinct_count === 'number';
}

/** Null where it was not told. */
function importanceOf({ role, column }: ColumnStatistics, shares: Shares): number | null {
  return role === 'feature' && Object.hasOwn(shares, column) ? (shares[column] ?? null) : null;
}

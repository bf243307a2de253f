import type { SeriesKey } from '../domain/series.ts';
import { type ColumnStatistics, type SeriesStatistic, statisticNames } from '../domain/statistic.ts';

/**
 * The series that are judged unless the owner chooses others: mean and coverage of every feature and the mean of the
 * score (the paper), the missing rate, the shares of categories (the paper's way to watch a categorical feature) and
 * the traffic.
 */
export function alertDimensions(rows: readonly ColumnStatistics[]): readonly SeriesKey[] {
  const keys = new Map<string, SeriesKey>();
  for (const row of rows) {
    for (const statistic of judgedStatistics(row)) {
      const key = { segment: row.segment, column: row.column, role: row.role, statistic };
      keys.set(JSON.stringify(key), key);
    }
  }
  return [...keys.values()];
}

const featureStatistics: ReadonlySet<string> = new Set(['mean', 'coverage', 'missing_rate']);
const scoreStatistics: ReadonlySet<string> = new Set(['mean', 'missing_rate']);
const trafficStatistics: ReadonlySet<string> = new Set(['traffic']);

function judgedStatistics(row: ColumnStatistics): SeriesStatistic[] {
  const judged =
    row.role === 'traffic' ? trafficStatistics : row.role === 'score' ? scoreStatistics : featureStatistics;
  const statistics: SeriesStatistic[] = statisticNames.filter((name) => judged.has(name) && name in row.statistics);
  if (row.role !== 'feature') return statistics;
  return [...statistics, ...Object.keys(row.shares ?? {}).map((category) => `share[${category}]` as const)];
}

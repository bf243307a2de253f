import type { Column } from '../domain/column.ts';
import type { SeriesKey } from '../domain/series.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import { catalog, type StatisticDefinition } from './catalog.ts';

export interface AlertSeriesOptions {
  /** Default: all traffic only. */
  readonly segments?: readonly string[];
}

/** The default alert dimensions of AlerTiger section 3.1 and ours, as series: segment by segment, column by column. */
export function alertSeries(columns: readonly Column[], options: AlertSeriesOptions = {}): SeriesKey[] {
  return (options.segments ?? [ALL_TRAFFIC]).flatMap((segment) =>
    columns.flatMap((column) =>
      catalog
        .filter((row) => isJudged(row, column))
        .map((row) => ({ segment, column: column.name, role: column.role, statistic: row.name })),
    ),
  );
}

function isJudged(row: StatisticDefinition, column: Column): boolean {
  return row.alerts.some(
    ({ role, kinds }) =>
      role === column.role && (role === 'traffic' || (column.kind !== undefined && kinds.includes(column.kind))),
  );
}

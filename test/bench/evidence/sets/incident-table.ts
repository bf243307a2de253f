import { join } from 'node:path';
import { z } from 'zod';
import { parseSeriesTime } from '../../../../src/cli/series-time.ts';
import { countsMissing, type EvaluationSet } from '../../../../src/detection/index.ts';
import { TRAFFIC_COLUMN } from '../../../../src/domain/column.ts';
import type { TableDescription } from '../../../../src/domain/model.ts';
import { type ColumnStatistics, statisticNames } from '../../../../src/domain/statistic.ts';
import { kindOfStatistic } from '../../../../src/domain/statistic-kind.ts';
import { type Window, windowsBetween } from '../../../../src/domain/window.ts';
import { createDuckdbEngine } from '../../../../src/engines/duckdb/index.ts';
import { alertSeries, createMemoryHistory, planProfile, profileWindows } from '../../../../src/statistics/index.ts';
import { holidayMarks } from './holiday-marks.ts';
import { invalidData, readJson } from './read-json.ts';
import { weekCluster } from './week-cluster.ts';
import { weekdayOf } from './weekday.ts';

const Incidents = z.object({
  incidents: z.array(z.object({ feature: z.string(), kind: z.string(), start: z.string(), end: z.string() })),
});
type Incident = z.infer<typeof Incidents>['incidents'][number];

const DAY_MS = 86_400_000;
/** What the incident files call the number of rows. */
const ROW_COUNT = 'row_count';

/**
 * A raw table as the bot would see it: daily windows of the statistics that are judged, computed by the engine. One
 * unit is one column, the table one model: what its columns do together is told of all of them. A day that an incident of
 * the column touches is labelled. Columns share incidents: weeks are drawn.
 */
export async function loadIncidentTable(
  name: string,
  folder: string,
  table: Omit<TableDescription, 'granularity' | 'zone'>,
  place?: string,
): Promise<EvaluationSet> {
  const path = join(folder, 'incidents.json');
  const { incidents } = await readJson(path, Incidents);
  const engine = createDuckdbEngine({ memoryLimit: '1GB', threads: 1 });
  const described = { ...table, zone: 'UTC', granularity: 'day' } as const;
  const { plan, columns } = planProfile(described, await engine.describe(table.source));
  const range = await engine.timeRange(plan);
  const windows = windowsBetween(range.firstMs, range.lastMs + 1, 'UTC', 'day');
  const history = createMemoryHistory();
  await profileWindows({ engine, history }, { plan, windows, nowMs: range.lastMs });
  const rows = new Map(history.rows.map((row) => [rowKey(row.window.startMs, row.column, row.role), row]));
  const marks =
    place === undefined
      ? undefined
      : await holidayMarks(
          place,
          windows.map(({ startMs }) => startMs),
        );
  const known = new Set(columns.map((column) => column.name));
  for (const { feature } of incidents) {
    if (!known.has(columnOf(feature))) throw invalidData(path, 'incidents of watched columns', feature);
  }
  return {
    name,
    granularity: 'day',
    series: alertSeries(columns).map((key) => ({
      ...{ unit: key.column, group: name, key, firstMs: windows[0]?.startMs ?? 0 },
      values: Float64Array.from(windows, ({ startMs }) => {
        const name = statisticNames.find((one) => one === key.statistic);
        const row = rows.get(rowKey(startMs, key.column, key.role));
        return (name === undefined ? null : row?.statistics[name]) ?? Number.NaN;
      }),
      labels: labelsOf(
        windows,
        incidents.filter(({ feature }) => columnOf(feature) === key.column),
        path,
      ),
      daysOfWeek: Uint8Array.from(windows, ({ startMs }) => weekdayOf(startMs)),
      ...(marks && { marks }),
      statisticKind: kindOfStatistic(key.statistic),
      countsRows: key.role === 'traffic',
      countsMissing: countsMissing(key, Object.hasOwn(table.defaults, key.column)),
      rows: Float64Array.from(windows, ({ startMs }) => {
        return rows.get(rowKey(startMs, key.column, key.role))?.rows ?? Number.NaN;
      }),
      clusterAt: weekCluster(name, windows[0]?.startMs ?? 0, DAY_MS),
    })),
  };
}

function columnOf(feature: string): string {
  return feature === ROW_COUNT ? TRAFFIC_COLUMN : feature;
}

function rowKey(startMs: number, column: string, role: ColumnStatistics['role']): string {
  return `${startMs} ${role} ${column}`;
}

function labelsOf(windows: readonly Window[], incidents: readonly Incident[], path: string): Uint8Array {
  const spans = incidents.map(({ start, end }) => ({ startMs: timeOf(start, path), endMs: timeOf(end, path) }));
  return Uint8Array.from(windows, (window) =>
    spans.some(({ startMs, endMs }) => startMs < window.endMs && endMs >= window.startMs) ? 1 : 0,
  );
}

function timeOf(text: string, path: string): number {
  const time = parseSeriesTime(text);
  if (time === undefined) throw invalidData(path, 'a time such as 2016-07-11 17:00', JSON.stringify(text));
  return time.instantMs;
}

import type { ChartRequest, SeriesChartRequest } from '../domain/chart-request.ts';
import type { Finding } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import { shiftWindow, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { comparisonChart } from './comparison-chart.ts';
import { currentFindings } from './finding-order.ts';
import { modelOf } from './present.ts';
import { REPORT_PANELS, seriesChart } from './series-chart.ts';

export interface ChartDeps {
  readonly stores: Pick<Stores, 'models' | 'statistics' | 'detections' | 'events'>;
}

/** Windows before a report's first one that its chart shows: enough to see four weekly rounds before the break. */
const CONTEXT_WINDOWS = { day: 28, hour: 48 } as const;
/** Windows beyond which the picture starts later: points on a phone would touch. */
const LIMIT_WINDOWS = { day: 56, hour: 96 } as const;
/** What is usual: four whole weeks before the first bad window, so that every weekday weighs the same. */
const USUAL_WINDOWS = { day: 28, hour: 672 } as const;

/** The picture inside the message: the top findings, from some weeks before the report to its newest window. */
export function reportChart(deps: ChartDeps, report: Report): SeriesChartRequest {
  const found = currentFindings({ report }).filter(({ rule }) => rule !== 'column_new');
  // A common move is filed under the traffic of the model, which need not have moved itself.
  const own = found.filter(({ rule }) => rule !== 'common_mode');
  const drawn = own.length > 0 ? own : found;
  const keys = [...new Map(drawn.map(({ series }) => [seriesName(series), series])).values()];
  return chartOfSeries(deps, report, keys.slice(0, REPORT_PANELS));
}

/**
 * The pictures of one finding, for the thread: its series with the expected band, and how the values were spread then
 * and now. Nothing for what cannot be drawn, such as a column that is gone.
 */
export function findingCharts(deps: ChartDeps, report: Report, finding: Finding): readonly ChartRequest[] {
  const series = chartOfSeries(deps, report, [finding.series]);
  const comparison = findingComparison(deps, modelOf(deps, report), finding);
  return [...(series.panels.length === 0 ? [] : [series]), ...(comparison === undefined ? [] : [comparison])];
}

function chartOfSeries(deps: ChartDeps, report: Report, keys: readonly SeriesKey[]): SeriesChartRequest {
  const { stores } = deps;
  const model = modelOf(deps, report);
  const { zone, granularity } = model;
  const last = report.resolved ?? report.latest;
  const start = shiftWindow(report.opened, -CONTEXT_WINDOWS[granularity], zone, granularity);
  const windows = windowsBetween(start.startMs, last.endMs, zone, granularity).slice(-LIMIT_WINDOWS[granularity]);
  const fromMs = windows[0]?.startMs ?? last.startMs;
  return seriesChart({
    model,
    windows,
    keys,
    series: stores.statistics.series(model.id, keys, fromMs, last.endMs),
    detections: stores.detections.ofSeries(model.id, keys, fromMs, last.endMs),
    events: stores.events.overlapping(model.id, fromMs, last.endMs),
  });
}

function findingComparison({ stores }: ChartDeps, model: Model, finding: Finding) {
  const { series, from, to, anomalies } = finding;
  const { zone, granularity } = model;
  if (series.role === 'traffic') return undefined;
  const start = shiftWindow(from, -USUAL_WINDOWS[granularity], zone, granularity);
  const rows = stores.statistics.column(model.id, {
    column: series.column,
    segment: series.segment,
    fromMs: start.startMs,
    toMs: to.endMs,
  });
  const anomalous = stores.detections.anomalousStarts(model.id, {
    column: series.column,
    segment: series.segment,
    fromMs: start.startMs,
    toMs: from.startMs,
  });
  const before = rows.filter(({ window }) => window.startMs < from.startMs && !anomalous.has(window.startMs));
  const versions = new Set(rows.flatMap(({ histogram }) => (histogram === undefined ? [] : [histogram.version])));
  const references = [...versions].flatMap((version) => {
    const column = stores.statistics.referenceColumn(model.id, version, series.column);
    return column === undefined ? [] : [[version, column] as const];
  });
  const category = /^share\[(.*)\]$/.exec(series.statistic)?.[1];
  return comparisonChart({
    zone,
    title: series.segment === '' ? series.column : `${series.segment}: ${series.column}`,
    rows,
    usual: new Set(before.map(({ window }) => window.startMs)),
    now: new Set(anomalies.map(({ window }) => window.startMs)),
    references: new Map(references),
    ...(category === undefined ? {} : { category }),
  });
}

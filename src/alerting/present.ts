import { type Detection, isColumnRule, isOutage } from '../domain/anomaly.ts';
import type { SeriesChartRequest } from '../domain/chart-request.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { type SeriesKey, seriesName } from '../domain/series.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import { shiftWindow, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { currentFindings } from './finding-order.ts';
import type { ReportView } from './report-view.ts';
import { REPORT_PANELS, seriesChart } from './series-chart.ts';

export interface PresentDeps {
  readonly stores: Pick<
    Stores,
    'models' | 'votes' | 'events' | 'mutes' | 'detections' | 'statistics' | 'detectors' | 'reports'
  >;
}

/** Windows before a report's first one that its chart shows: enough to see four weekly rounds before the break. */
const CHART_CONTEXT_WINDOWS = { day: 28, hour: 48 } as const;
/** Windows beyond which the picture starts later: points on a phone would touch. */
const CHART_LIMIT_WINDOWS = { day: 56, hour: 96 } as const;

export function modelOf(deps: Pick<PresentDeps, 'stores'>, report: Report): Model {
  const model = deps.stores.models.byId(report.modelId);
  if (model !== undefined) return model;
  throw new DriftbellError('store.failed', {
    expected: `the model of report ${report.id}`,
    received: 'a report without one',
    remedy: 'restore the database from a backup',
  });
}

/** Loads everything that the message of a report tells. */
export function presentReport(deps: PresentDeps, report: Report, now: EpochMs): ReportView {
  const { stores } = deps;
  const model = modelOf(deps, report);
  const { latest } = report;
  const judged = stores.detections.between(model.id, latest.startMs, latest.endMs);
  const score = judged.find(
    ({ series }) => series.role === 'score' && series.statistic === 'mean' && series.segment === ALL_TRAFFIC,
  );
  const mute = stores.mutes.active(model.id, now);
  const chart = stores.reports.chart(report.id);
  return {
    report,
    model,
    votes: stores.votes.ofReport(report.id),
    events: stores.events.overlapping(model.id, report.opened.startMs, latest.endMs),
    watchedSeries: new Set(judged.filter(isWatched).map(({ series }) => seriesName(series))).size,
    detectorName: stores.detectors.active()?.manifest.name ?? 'no detector',
    now,
    ...(report.resolved === undefined
      ? {}
      : { lastingColumns: lastingColumns(report, stores.statistics.window(model.id, report.resolved)) }),
    ...(mute === undefined ? {} : { mute }),
    ...(chart === undefined ? {} : { chart }),
    ...(score === undefined || score.forecast === undefined
      ? {}
      : { hasScoreMoved: report.findings.some(({ series }) => series.role === 'score') || score.isAnomaly }),
  };
}

/** A new column is told without being watched. */
function isWatched({ rule }: Detection): boolean {
  return rule !== 'column_new';
}

/** Columns with a finding that is just as true in these rows. */
function lastingColumns({ findings }: Report, rows: readonly ColumnStatistics[]): readonly string[] {
  return findings
    .filter(({ rule, series }) => {
      const problems = rows.filter(({ column }) => column === series.column).flatMap((row) => row.problems);
      return isOutage(rule) && isColumnRule(rule) && problems.some(({ code }) => code === rule);
    })
    .map(({ series }) => series.column);
}

/** The picture inside the message: the top findings, from some weeks before the report to its newest window. */
export function reportChart(deps: PresentDeps, report: Report): SeriesChartRequest {
  const drawn = currentFindings({ report }).filter(({ rule }) => rule !== 'column_new');
  const keys = distinct(drawn.map(({ series }) => series)).slice(0, REPORT_PANELS);
  return chartOfSeries(deps, report, keys);
}

function chartOfSeries({ stores }: PresentDeps, report: Report, keys: readonly SeriesKey[]): SeriesChartRequest {
  const model = modelOf({ stores }, report);
  const { zone, granularity } = model;
  const last = report.resolved ?? report.latest;
  const start = shiftWindow(report.opened, -CHART_CONTEXT_WINDOWS[granularity], zone, granularity);
  const windows = windowsBetween(start.startMs, last.endMs, zone, granularity).slice(-CHART_LIMIT_WINDOWS[granularity]);
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

function distinct(keys: readonly SeriesKey[]): SeriesKey[] {
  return [...new Map(keys.map((key) => [seriesName(key), key])).values()];
}

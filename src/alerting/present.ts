import { type Detection, isColumnRule, isOutage } from '../domain/anomaly.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { seriesName } from '../domain/series.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import type { Stores } from '../ports/stores.ts';
import type { ReportView } from './report-view.ts';

export interface PresentDeps {
  readonly stores: Pick<
    Stores,
    'models' | 'votes' | 'events' | 'mutes' | 'detections' | 'statistics' | 'detectors' | 'reports'
  >;
}

export function modelOf(deps: { readonly stores: Pick<Stores, 'models'> }, report: Report): Model {
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

import { type Detection, isColumnRule, isOutage } from '../domain/anomaly.ts';
import type { Column } from '../domain/column.ts';
import { DriftbellError } from '../domain/errors.ts';
import { type EpochMs, SYSTEM_USER, type UserId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { type Report, type SeverityWord, severityWords } from '../domain/report.ts';
import { seriesName } from '../domain/series.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import type { Stores } from '../ports/stores.ts';
import { droppedBy } from './dropped-by.ts';
import { reportCauses } from './report-causes.ts';
import type { ReportView } from './report-view.ts';

export interface PresentDeps {
  /** From which severity on owners are mentioned. Absent: never. */
  readonly mentionFrom?: SeverityWord;
  readonly stores: Pick<
    Stores,
    'models' | 'votes' | 'events' | 'mutes' | 'detections' | 'statistics' | 'detectors' | 'reports' | 'ledger'
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
    causes: reportCauses(deps, report, model),
    droppedBy: droppedBy(stores.ledger.window(model.id, report.judged)),
    importance: importanceOf(stores.models.columns(model.id)),
    mentions: mentionsOf(report, model, deps.mentionFrom),
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

function importanceOf(columns: readonly Column[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    columns.flatMap(({ name, importance }) => (importance === undefined ? [] : [[name, importance]])),
  );
}

/** Driftbell itself owns what nobody does, and is told nothing. */
function mentionsOf({ severity }: Report, { owners }: Model, from: SeverityWord | undefined): readonly UserId[] {
  if (from === undefined || severityWords.indexOf(severity) < severityWords.indexOf(from)) return [];
  return owners.filter((owner) => owner !== SYSTEM_USER);
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

import type { StoredFinding } from '../../domain/finding.ts';
import type { EpochMs, UserId } from '../../domain/identifiers.ts';
import type { Extent, PostedMessage, Report, ReportEnding, ReportState } from '../../domain/report.ts';
import type { Window } from '../../domain/window.ts';
import type { ReportChart, ReportProgress } from '../../ports/stores.ts';
import { present } from '../present.ts';
import type { reports } from '../schema/reports.ts';

export type ReportRow = typeof reports.$inferSelect;

export function toReport(row: ReportRow, findings: readonly StoredFinding[]): Report {
  const { acknowledgedBy, acknowledgedAt, normalAskedMs, ending } = row;
  const latest = { key: row.latestKey, startMs: row.latestStartMs, endMs: row.latestEndMs };
  const resolved = windowOf(row.resolvedKey, row.resolvedStartMs, row.resolvedEndMs);
  return {
    id: row.id,
    modelId: row.modelId,
    state: row.state,
    severity: row.severity,
    opened: { key: row.openedKey, startMs: row.openedStartMs, endMs: row.openedEndMs },
    latest,
    judged: windowOf(row.judgedKey, row.judgedStartMs, row.judgedEndMs) ?? latest,
    ...(resolved === undefined ? {} : { resolved }),
    ...present({ ending, acknowledgedBy, acknowledgedAt, normalAskedMs }),
    outSeries: row.outSeries,
    peak: { series: row.peakSeries, severity: row.peakSeverity, word: row.peakWord },
    told: { series: row.toldSeries, severity: row.toldSeverity, word: row.toldWord },
    revision: row.revision,
    findings,
  };
}

function windowOf(key: string | null, startMs: number | null, endMs: number | null): Window | undefined {
  return key === null || startMs === null || endMs === null ? undefined : { key, startMs, endMs };
}

export function postedOf({ channel, ts }: ReportRow): PostedMessage | undefined {
  return channel === null || ts === null ? undefined : { channel, ts };
}

export function chartOf({
  chartFileId: fileId,
  chartAltText: altText,
  chartDigest: digest,
}: ReportRow): ReportChart | undefined {
  return fileId === null || altText === null || digest === null ? undefined : { fileId, altText, digest };
}

export function openedCells(window: Window) {
  return { openedKey: window.key, openedStartMs: window.startMs, openedEndMs: window.endMs };
}

export function latestCells(window: Window) {
  return { latestKey: window.key, latestStartMs: window.startMs, latestEndMs: window.endMs };
}

/** A question that was asked stays asked. */
export function progressCells({ judged, outSeries, peak, told, normalAskedMs }: ReportProgress) {
  return {
    ...{ judgedKey: judged.key, judgedStartMs: judged.startMs, judgedEndMs: judged.endMs, outSeries },
    ...{ peakSeries: peak.series, peakSeverity: peak.severity, peakWord: peak.word },
    ...{ toldSeries: told.series, toldSeverity: told.severity, toldWord: told.word },
    ...(normalAskedMs === undefined ? {} : { normalAskedMs }),
  };
}

export function firstProgress(opened: Window, extent: Extent | undefined): ReportProgress {
  const reached = extent ?? { series: 0, severity: 0, word: 'notable' };
  return { judged: opened, outSeries: reached.series, peak: reached, told: reached };
}

/** A report keeps who acknowledged it, but for one that fires again: that one is nobody's and has no end. */
export function stateCells(to: {
  readonly state: ReportState;
  readonly by?: UserId;
  readonly at: EpochMs;
  readonly window?: Window;
  readonly ending?: ReportEnding;
}) {
  const by = to.by ?? null;
  const unresolved = {
    resolvedKey: null,
    resolvedStartMs: null,
    resolvedEndMs: null,
    resolvedBy: null,
    resolvedAt: null,
    ending: null,
  };
  switch (to.state) {
    case 'firing':
      return { state: to.state, acknowledgedBy: null, acknowledgedAt: null, ...unresolved };
    case 'acknowledged':
      return { state: to.state, acknowledgedBy: by, acknowledgedAt: to.at, ...unresolved };
    case 'recovering':
      return { state: to.state, ...(by === null ? {} : { acknowledgedBy: by, acknowledgedAt: to.at }) };
    case 'resolved':
      return {
        state: to.state,
        resolvedKey: to.window?.key ?? null,
        resolvedStartMs: to.window?.startMs ?? null,
        resolvedEndMs: to.window?.endMs ?? null,
        resolvedBy: by,
        resolvedAt: to.at,
        ending: to.ending ?? null,
      };
    default:
      return to.state satisfies never;
  }
}

import type { StoredFinding } from '../../domain/finding.ts';
import type { EpochMs, UserId } from '../../domain/identifiers.ts';
import type { PostedMessage, Report, ReportState } from '../../domain/report.ts';
import type { Window } from '../../domain/window.ts';
import type { ReportChart } from '../../ports/stores.ts';
import { present } from '../present.ts';
import type { reports } from '../schema/reports.ts';

export type ReportRow = typeof reports.$inferSelect;

export function toReport(row: ReportRow, findings: readonly StoredFinding[]): Report {
  const { resolvedKey, resolvedStartMs, resolvedEndMs, acknowledgedBy, acknowledgedAt } = row;
  const isDated = resolvedKey !== null && resolvedStartMs !== null && resolvedEndMs !== null;
  return {
    id: row.id,
    modelId: row.modelId,
    state: row.state,
    severity: row.severity,
    opened: { key: row.openedKey, startMs: row.openedStartMs, endMs: row.openedEndMs },
    latest: { key: row.latestKey, startMs: row.latestStartMs, endMs: row.latestEndMs },
    ...(isDated ? { resolved: { key: resolvedKey, startMs: resolvedStartMs, endMs: resolvedEndMs } } : {}),
    ...present({ acknowledgedBy, acknowledgedAt }),
    revision: row.revision,
    findings,
  };
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

/** A resolved report keeps who acknowledged it; one that fires again is nobody's and has no end. */
export function stateCells(to: {
  readonly state: ReportState;
  readonly by?: UserId;
  readonly at: EpochMs;
  readonly window?: Window;
}) {
  const by = to.by ?? null;
  const unresolved = {
    resolvedKey: null,
    resolvedStartMs: null,
    resolvedEndMs: null,
    resolvedBy: null,
    resolvedAt: null,
  };
  switch (to.state) {
    case 'firing':
      return { state: to.state, acknowledgedBy: null, acknowledgedAt: null, ...unresolved };
    case 'acknowledged':
      return { state: to.state, acknowledgedBy: by, acknowledgedAt: to.at, ...unresolved };
    case 'resolved':
      return {
        state: to.state,
        resolvedKey: to.window?.key ?? null,
        resolvedStartMs: to.window?.startMs ?? null,
        resolvedEndMs: to.window?.endMs ?? null,
        resolvedBy: by,
        resolvedAt: to.at,
      };
    default:
      return to.state satisfies never;
  }
}

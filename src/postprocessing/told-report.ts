import type { Finding } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import { shiftWindow, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { type History, REPLAY_REACH, type ReplayedReport, replayedFindings } from './replay-reports.ts';
import type { FilterSettings } from './settings.ts';

/** A report of a replay with what people would have read in it. */
export interface ToldReport extends ReplayedReport {
  /** What it would have told when it was last changed, the most severe first. */
  readonly findings: readonly Finding[];
}

/** Reads the detections around a replayed report for what it would have told. */
export function toldReport(
  { stores }: { readonly stores: Pick<Stores, 'detections'> },
  of: { readonly model: Model; readonly history: History; readonly settings: FilterSettings },
  report: ReplayedReport,
): ToldReport {
  const { id, zone, granularity } = of.model;
  const first = shiftWindow(report.opened, -REPLAY_REACH, zone, granularity);
  const findings = replayedFindings(report, {
    detections: stores.detections.between(id, first.startMs, report.latest.endMs),
    windows: windowsBetween(first.startMs, report.latest.endMs, zone, granularity),
    context: of.history.contextAt(report.latest),
    settings: of.settings,
  });
  return { ...report, findings };
}

/** Whether two reports are about some window in common. */
export function overlaps(
  one: Pick<ReplayedReport, 'opened' | 'latest'>,
  other: Pick<ReplayedReport, 'opened' | 'latest'>,
): boolean {
  return other.opened.startMs <= one.latest.startMs && other.latest.startMs >= one.opened.startMs;
}

import type { StoredFinding } from './finding.ts';
import type { EpochMs, ModelId, ReportId, UserId } from './identifiers.ts';
import type { Window } from './window.ts';

export const reportStates = ['firing', 'acknowledged', 'recovering', 'resolved'] as const;
export type ReportState = (typeof reportStates)[number];

export const severityWords = ['notable', 'high', 'critical'] as const;
export type SeverityWord = (typeof severityWords)[number];

/**
 * How a report ended: `returned`: the series are back inside the band that they had left. `relearned`: they stayed where
 * they are until that counted as usual. `settled`: a person said that it is the new normal.
 */
export const reportEndings = ['returned', 'relearned', 'settled'] as const;
export type ReportEnding = (typeof reportEndings)[number];

/** How far an incident reaches. */
export interface Extent {
  /** Series that are out. */
  readonly series: number;
  /** The widest departure among them, in widths of its band. */
  readonly severity: number;
  readonly word: SeverityWord;
}

/** What people see: one per model per incident, edited in place until resolved. */
export interface Report {
  readonly id: ReportId;
  readonly modelId: ModelId;
  readonly state: ReportState;
  readonly severity: SeverityWord;
  readonly opened: Window;
  /** The newest window in which it fired. */
  readonly latest: Window;
  /** The newest window that was judged while it was open. */
  readonly judged: Window;
  readonly resolved?: Window;
  readonly ending?: ReportEnding;
  readonly acknowledgedBy?: UserId;
  readonly acknowledgedAt?: EpochMs;
  /** Series that are out in the judged window; 0 while the report only waits for being resolved. */
  readonly outSeries: number;
  /** The largest extent so far. */
  readonly peak: Extent;
  /** The extent that the newest message in the channel told; in the thread there may be newer ones. */
  readonly told: Extent;
  /** Start of the window in which the thread was asked whether this is the new normal. */
  readonly normalAskedMs?: EpochMs;
  /** Grows with every change that people should see. */
  readonly revision: number;
  readonly findings: readonly StoredFinding[];
}

/** Where a report stands in the chat. */
export interface PostedMessage {
  readonly channel: string;
  /** Slack's message id within the channel. */
  readonly ts: string;
}

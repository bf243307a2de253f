import type { StoredFinding } from './finding.ts';
import type { EpochMs, ModelId, ReportId, UserId } from './identifiers.ts';
import type { Window } from './window.ts';

export const reportStates = ['firing', 'acknowledged', 'resolved'] as const;
export type ReportState = (typeof reportStates)[number];

export const severityWords = ['notable', 'high', 'critical'] as const;
export type SeverityWord = (typeof severityWords)[number];

/** What people see: one per model per incident, edited in place until resolved. */
export interface Report {
  readonly id: ReportId;
  readonly modelId: ModelId;
  readonly state: ReportState;
  readonly severity: SeverityWord;
  readonly opened: Window;
  readonly latest: Window;
  readonly resolved?: Window;
  readonly acknowledgedBy?: UserId;
  readonly acknowledgedAt?: EpochMs;
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

import type { WindowEvidence } from './correction.ts';
import type { EpochMs, FindingId, ReportId, UserId } from './identifiers.ts';
import type { SeriesKey } from './series.ts';
import type { Window } from './window.ts';

export const verdicts = ['real', 'not_useful'] as const;
/** What a thumb says at first. */
export type Verdict = (typeof verdicts)[number];

export const voteReasons = ['false_alarm', 'expected_once', 'new_normal', 'not_important'] as const;
/** The follow-up to a thumb down. */
export type VoteReason = (typeof voteReasons)[number];

/** A person's verdict on a report or one of its findings. One per person and subject: a later one replaces it. */
export interface Vote {
  readonly reportId: ReportId;
  readonly findingId?: FindingId;
  readonly by: UserId;
  readonly verdict: Verdict;
  readonly reason?: VoteReason;
  /** What the person wrote about it. */
  readonly word?: string;
  readonly at: EpochMs;
  /** The detector that was in force, with what it had learned. */
  readonly detector?: string;
  /** What was judged, as stage 2 saw it. */
  readonly windows?: readonly VotedWindow[];
}

/** One anomalous window of a finding that was voted on. */
export interface VotedWindow {
  readonly findingId?: FindingId;
  readonly series: SeriesKey;
  readonly window: Window;
  readonly isAbove: boolean;
  readonly seen: WindowEvidence;
  /** True for what people had muted, or what was injected on purpose: it says nothing of the detector. */
  readonly isLeftOut?: boolean;
}

export interface VoteTally {
  readonly real: readonly UserId[];
  readonly notUseful: readonly UserId[];
}

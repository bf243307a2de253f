import type { EpochMs, FindingId, ReportId, UserId } from './identifiers.ts';

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
  readonly at: EpochMs;
}

export interface VoteTally {
  readonly real: readonly UserId[];
  readonly notUseful: readonly UserId[];
}

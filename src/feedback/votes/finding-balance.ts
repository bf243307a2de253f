import type { FindingId, UserId } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import type { Vote, VotedWindow } from '../../domain/vote.ts';

/** Of a word on a whole report, where one on a finding counts 1. */
export const REPORT_WEIGHT = 0.3;
const OWNER_WEIGHT = 2;
const UNREASONED_WEIGHT = 0.5;
/** Sums of weights that differ by less are equal. */
export const TIE = 1e-9;

type Owned = Pick<Model, 'owners'>;

/** Of a person's word beside that of others. */
export function personWeight({ owners }: Owned, by: UserId): number {
  return owners.includes(by) ? OWNER_WEIGHT : 1;
}

/** What a person said last of a finding, or of its report. */
export interface Word {
  readonly vote: Vote;
  /** Above 0: real. */
  readonly weight: number;
}

export interface Balance {
  /** Above 0: real; 0 for a tie. */
  readonly balance: number;
  /** The words of those whose side is the heavier one, by time. */
  readonly agreeing: readonly Vote[];
  /** Of the other side. */
  readonly against: readonly Word[];
}

/** The latest word of each person of whom a vote on the report holds windows of the finding, by time. */
export function wordsOn(model: Owned, votes: readonly Vote[], findingId: FindingId | undefined): readonly Word[] {
  return latestWords(votes, findingId).map((vote) => ({ vote, weight: weigh(model, vote) }));
}

/** What words make of a finding, by the rule of `resolveLabels`. */
export function balanceOf(words: readonly Word[]): Balance {
  const balance = words.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(balance) < TIE) return { balance: 0, agreeing: [], against: [] };
  const agreeing = words.filter(({ weight }) => weight * balance > 0).map(({ vote }) => vote);
  return { balance, agreeing, against: words.filter(({ weight }) => weight * balance < 0) };
}

/** True where most of those who agree that it is not useful call it true but unimportant. */
export function isMatterOfTaste(agreeing: readonly Vote[]): boolean {
  return 2 * agreeing.filter(({ reason }) => reason === 'not_important').length > agreeing.length;
}

/** The newest of each person that is about the finding or its whole report, by time. */
function latestWords(votes: readonly Vote[], findingId: FindingId | undefined): Vote[] {
  const latest = new Map<UserId, Vote>();
  for (const vote of votes.toSorted((a, b) => a.at - b.at)) {
    if (vote.findingId !== undefined && vote.findingId !== findingId) continue;
    if (windowsOf(vote, findingId).length > 0) latest.set(vote.by, vote);
  }
  return [...latest.values()].toSorted((a, b) => a.at - b.at);
}

/** What a vote says of the windows of a finding, without those that were muted or injected. */
export function windowsOf(vote: Vote | undefined, findingId: FindingId | undefined): readonly VotedWindow[] {
  return (vote?.windows ?? []).filter((one) => one.findingId === findingId && one.isLeftOut !== true);
}

function weigh({ owners }: Owned, { by, findingId, verdict, reason }: Vote): number {
  if (reason === 'expected_once' || reason === 'new_normal') return 0;
  const person = personWeight({ owners }, by);
  const subject = findingId === undefined ? REPORT_WEIGHT : 1;
  if (verdict === 'real') return person * subject;
  return -person * subject * (reason === undefined ? UNREASONED_WEIGHT : 1);
}

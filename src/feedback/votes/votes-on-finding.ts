import type { FindingId, UserId } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import type { Vote } from '../../domain/vote.ts';
import { personWeight, REPORT_WEIGHT } from './finding-balance.ts';

/** What a person said last of a finding or of its whole report. Above 0: it was real. */
export interface Spoken {
  readonly vote: Vote;
  readonly weight: number;
}

/** `votes`: of the finding's report, in any order. An owner's word counts twice, one on the whole report REPORT_WEIGHT. */
export function votesOnFinding(
  { owners }: Pick<Model, 'owners'>,
  votes: readonly Vote[],
  findingId: FindingId,
): readonly Spoken[] {
  const latest = new Map<UserId, Vote>();
  for (const vote of votes.toSorted((a, b) => a.at - b.at)) {
    if (vote.findingId === undefined || vote.findingId === findingId) latest.set(vote.by, vote);
  }
  return [...latest.values()].map((vote) => {
    const person = personWeight({ owners }, vote.by) * (vote.findingId === undefined ? REPORT_WEIGHT : 1);
    return { vote, weight: vote.verdict === 'real' ? person : -person };
  });
}

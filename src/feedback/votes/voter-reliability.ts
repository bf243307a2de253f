import { groupBy } from '../../domain/group-by.ts';
import type { UserId } from '../../domain/identifiers.ts';
import type { Vote } from '../../domain/vote.ts';

/**
 * How often a person's votes are wrong, from how often others contradict them: nobody knows the truth.
 *
 * Two people who are each wrong with w contradict each other with d = 2 w (1 - w), so w = (1 - sqrt(1 - 2 d)) / 2. A person
 * with w' among people with w is contradicted with c = w' (1 - w) + (1 - w') w, so w' = (c - w) / (1 - 2 w), within 0..0.5.
 *
 * d = (PRIOR_PAIRS * USUAL + contradictions) / (PRIOR_PAIRS + pairs), over all pairs of people who voted on the same thing;
 * c of a person likewise, with PERSON_PAIRS of d. So a stranger counts as the rest do, and one disagreement is none. What
 * was expected once or is the new normal is neither: it says that the detector was right to look. Edge case: from d = 0.5 on,
 * votes say nothing, w = 0.5.
 */
type Spoken = Pick<Vote, 'reportId' | 'findingId' | 'by' | 'verdict' | 'reason'>;

/** Of people who are wrong one time in ten. */
const USUAL = 0.18;
/** As many as the people of a model agree or disagree on in a month: with more, a team that is wrong often is trusted for too long. */
const PRIOR_PAIRS = 8;
const PERSON_PAIRS = 30;

export interface WrongShares {
  /** Of people in general. */
  readonly usual: number;
  of(person: UserId): number;
}

export function wrongShares(votes: readonly Spoken[]): WrongShares {
  const plain = votes.filter(({ reason }) => reason !== 'expected_once' && reason !== 'new_normal');
  const people = new Map<UserId, { pairs: number; contradicted: number }>();
  const all = { pairs: 0, contradicted: 0 };
  for (const subject of groupBy(plain, ({ reportId, findingId }) => `${reportId} ${findingId ?? ''}`).values()) {
    subject.forEach((one, place) => {
      for (const other of subject.slice(place + 1)) {
        for (const tally of [all, tallyOf(people, one.by), tallyOf(people, other.by)]) {
          tally.pairs += 1;
          if (one.verdict !== other.verdict) tally.contradicted += 1;
        }
      }
    });
  }
  const contradicted = (PRIOR_PAIRS * USUAL + all.contradicted) / (PRIOR_PAIRS + all.pairs);
  const usual = contradicted >= 0.5 ? 0.5 : (1 - Math.sqrt(1 - 2 * contradicted)) / 2;
  return {
    usual,
    of: (person) => {
      const own = people.get(person) ?? { pairs: 0, contradicted: 0 };
      if (usual >= 0.5) return 0.5;
      const share = (PERSON_PAIRS * contradicted + own.contradicted) / (PERSON_PAIRS + own.pairs);
      return Math.min(0.5, Math.max(0, (share - usual) / (1 - 2 * usual)));
    },
  };
}

function tallyOf(people: Map<UserId, { pairs: number; contradicted: number }>, person: UserId) {
  const tally = people.get(person) ?? { pairs: 0, contradicted: 0 };
  people.set(person, tally);
  return tally;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingId, ReportId, UserId } from '../../src/domain/identifiers.ts';
import type { Verdict, Vote } from '../../src/domain/vote.ts';
import { wrongShares } from '../../src/feedback/votes/voter-reliability.ts';
import { createSeededRandom } from '../../src/platform/random.ts';

type Spoken = Pick<Vote, 'reportId' | 'findingId' | 'by' | 'verdict' | 'reason'>;
const ANNA = 'U0ANNA' as UserId;
const BEN = 'U0BEN' as UserId;
const CLEO = 'U0CLEO' as UserId;
/** From here on silence counts for nothing (`expect-returns.ts`). */
const MOST_WRONG = 0.2;
const said = (by: UserId, subject: number, verdict: Verdict, reason?: Vote['reason']): Spoken => ({
  ...{ reportId: subject as ReportId, findingId: subject as FindingId, by, verdict },
  ...(reason && { reason }),
});
/** People who all vote on the same findings, each wrong with a share of their own. */
function crowd(wrong: Readonly<Record<string, number>>, subjects: number, seed = 1): readonly Spoken[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: subjects }, (_, subject) => {
    const isReal = random.uniform() < 0.6;
    return Object.entries(wrong).map(([by, share]) =>
      said(by as UserId, subject, isReal !== random.uniform() < share ? 'real' : 'not_useful'),
    );
  }).flat();
}

describe('how often the votes of a person are wrong', () => {
  it('is one in ten for whom nothing is known, by hand', () => {
    expect(wrongShares([]).of(ANNA)).toBeCloseTo((1 - Math.sqrt(0.64)) / 2, 9);
    expect(wrongShares([]).of(ANNA)).toBeCloseTo(0.1, 9);
    // Eight pairs of 0.18 and one contradiction: d = 2.44 / 9.
    const { of: once } = wrongShares([said(ANNA, 1, 'real'), said(BEN, 1, 'not_useful')]);
    expect(once(CLEO)).toBeCloseTo((1 - Math.sqrt(1 - (2 * 2.44) / 9)) / 2, 9);
    expect(once(ANNA)).toBeLessThan(MOST_WRONG);
  });

  it('is found from contradictions alone', () => {
    const { of: share } = wrongShares(crowd({ [ANNA]: 0.3, [BEN]: 0.3, [CLEO]: 0.3 }, 400));

    for (const one of [ANNA, BEN, CLEO]) expect(share(one)).toBeCloseTo(0.3, 1);
  });

  it('is told apart between people', () => {
    const { of: share } = wrongShares(crowd({ [ANNA]: 0.05, [BEN]: 0.05, [CLEO]: 0.4 }, 400));

    expect(share(CLEO)).toBeGreaterThan(MOST_WRONG);
    expect(share(ANNA)).toBeLessThan(MOST_WRONG);
    expect(share(BEN)).toBeLessThan(MOST_WRONG);
  });

  it('takes what was expected once, or is the new normal, for no contradiction', () => {
    const votes = Array.from({ length: 60 }, (_, at) => [
      said(ANNA, at, 'real'),
      said(BEN, at, 'not_useful', at % 2 === 0 ? 'expected_once' : 'new_normal'),
    ]).flat();

    expect(wrongShares(votes).of(BEN)).toBeCloseTo(0.1, 12);
  });

  it('lies between none and half, whatever was voted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(ANNA, BEN, CLEO), fc.integer({ min: 0, max: 9 }), fc.boolean())),
        (given) => {
          const { of: share } = wrongShares(
            given.map(([by, at, isReal]) => said(by, at, isReal ? 'real' : 'not_useful')),
          );
          for (const one of [ANNA, BEN, CLEO]) {
            expect(share(one)).toBeGreaterThanOrEqual(0);
            expect(share(one)).toBeLessThanOrEqual(0.5);
          }
        },
      ),
    );
  });
});

import type { Finding } from '../../../src/domain/finding.ts';
import type { UserId } from '../../../src/domain/identifiers.ts';
import { seriesName } from '../../../src/domain/series.ts';
import type { Verdict, VoteReason } from '../../../src/domain/vote.ts';
import type { Random } from '../../../src/ports/random.ts';
import type { SimulatedModel } from './world.ts';

/** A finding this many windows after an incident is still about it. */
export const GRACE = 2;

export interface Owner {
  readonly id: UserId;
  /** Part of the reports that the person votes on. */
  readonly diligence: number;
}

/** Each model has an owner who mostly votes, or as often as is told, and a colleague who does so now and then. */
export function ownersOf(model: number, diligence = 0.7): readonly [Owner, Owner] {
  return [
    { id: `U${model}OWNER` as UserId, diligence },
    { id: `U${model}HELP` as UserId, diligence: 0.3 },
  ];
}

/** What the owner of the model would call a finding, if never wrong. */
export function truthOf(
  { series }: SimulatedModel,
  { series: key, from, to }: Finding,
  startsAt: (ms: number) => number,
) {
  const one = series.find((candidate) => seriesName(candidate.key) === seriesName(key));
  if (one?.isImportant !== true) return { isReal: false, isImportant: false };
  const [first, last] = [startsAt(from.startMs), startsAt(to.startMs)];
  const isReal = one.incidents.some((incident) => first < incident.to + GRACE && last >= incident.from);
  return { isReal, isImportant: true };
}

/** A vote, wrong with a given probability. Who calls an incident useless by mistake names any of the two reasons. */
export function say(
  truth: ReturnType<typeof truthOf>,
  wrongShare: number,
  random: Random,
): { readonly verdict: Verdict; readonly reason?: VoteReason } {
  const isWrong = random.uniform() < wrongShare;
  if (truth.isReal !== isWrong) return { verdict: 'real' };
  const isImportant = truth.isReal ? random.uniform() < 0.5 : truth.isImportant;
  return { verdict: 'not_useful', reason: isImportant ? 'false_alarm' : 'not_important' };
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a of the text, 32 bits: the same text gives the same seed, another an unrelated one. */
export function seedOf(text: string): number {
  let hash = FNV_OFFSET;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), FNV_PRIME);
  return hash >>> 0;
}

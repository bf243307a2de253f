import { type Departure, isAboutAsFar } from '../../domain/departure.ts';
import type { EpochMs, UserId } from '../../domain/identifiers.ts';
import { isSameSide, type Side } from '../../domain/twin-series.ts';
import { TIE } from './finding-balance.ts';
import type { ToldFinding } from './told-findings.ts';
import type { WrongShares } from './voter-reliability.ts';
import type { Spoken } from './votes-on-finding.ts';

/**
 * How sure it is that what people voted down is a false alarm: votes are wrong now and then, and on a series that people
 * mostly call real a thumb down is more often a slip than on one that they do not.
 *
 *   p_model  = (MODEL_PRIOR / 2 + down) / (MODEL_PRIOR + n)          over findings on other series and sides of the model
 *   p_series = (SERIES_PRIOR * p_model + down) / (SERIES_PRIOR + n)  over those of the series and side that went otherwise far
 *   logit p  = logit p_series + sum over votes on those that went about as far: +-log((1 - w) / w)
 *
 * n: findings with a word that is no tie, down: those called a false alarm or unimportant, by the rule of weights
 * (`votesOnFinding`); w: the share of wrong votes of who voted (`wrongShares`), within WRONG. What was expected once or is the new
 * normal is neither. Where the rule calls those that went about as far real, p = 0; else, a tie too, the sum
 * counts as one thumb down at least, so that a single mistake does not undo what was quieted.
 */
export type FalseAlarmProbability = (pattern: VotedPattern) => number;

export interface VotedPattern extends Side {
  /** Absent: however far. */
  readonly departure?: Departure | undefined;
}

/** Findings, of which half are real: once a model has as many, its votes count for half. Fewer would doubt whoever has so far seen real ones only. */
const MODEL_PRIOR = 10;
/** Findings: what people said of the series itself soon counts for more. */
const SERIES_PRIOR = 1;
/** Within these any vote says something and none all: with the most, two are enough where nothing is known. */
const WRONG = { least: 0.05, most: 0.39 } as const;
/** Seven in ten: one thumb down of who is wrong three times in ten, where nothing is known; of one in ten where four of five are called real. */
const ENOUGH = 0.7;
/** To be quiet however far it goes hides everything on that side: that takes two votes where nothing is known. */
const ENOUGH_UNBOUNDED = 0.95;

export interface FalseAlarmDoubt {
  readonly probability: FalseAlarmProbability;
  /** What a vote of the person that is not enough lacks. */
  readonly why: (person: UserId) => DoubtReason;
  /** When people first called something on a series and side a false alarm or unimportant; undefined: never, as votes stand. */
  readonly calledSince: (side: Side) => EpochMs | undefined;
}

/** The person is contradicted often, or people mostly call real what it is about. */
export type DoubtReason = 'contradicted' | 'mostly_real';

/** `found`: all findings of a model. */
export function falseAlarmDoubt(found: readonly ToldFinding[], wrong: WrongShares): FalseAlarmDoubt {
  const told = found.flatMap((one) => {
    const spoken = one.spoken.filter(({ vote: { reason } }) => reason !== 'expected_once' && reason !== 'new_normal');
    return spoken.length === 0 ? [] : [{ ...one, spoken }];
  });
  const voiceOf = ({ vote: { by }, weight }: Spoken): number => {
    const share = Math.min(WRONG.most, Math.max(WRONG.least, wrong.of(by)));
    return -Math.sign(weight) * Math.log((1 - share) / share);
  };
  const isOn = ({ finding: { series }, isAbove }: ToldFinding, side: Side) => isSameSide({ series, isAbove }, side);
  return {
    calledSince: (side) => {
      const down = told.filter((one) => isOn(one, side) && weightOf(one.spoken) < -TIE);
      const said = down.flatMap(({ spoken }) => spoken.filter(({ weight }) => weight < 0).map(({ vote }) => vote.at));
      return said.length === 0 ? undefined : Math.min(...said);
    },
    why: (person) => (wrong.of(person) > 1 - ENOUGH ? 'contradicted' : 'mostly_real'),
    probability: (pattern) => {
      const isAlike = (one: ToldFinding) => isOn(one, pattern) && isAboutAsFar(one.departure, pattern.departure);
      const spoken = told.filter(isAlike).flatMap((one) => one.spoken);
      if (weightOf(spoken) > TIE) return 0;
      const elsewhere = told.filter((one) => !isOn(one, pattern));
      const otherwise = told.filter((one) => isOn(one, pattern) && !isAlike(one));
      const before = shareDown(otherwise, SERIES_PRIOR, shareDown(elsewhere, MODEL_PRIOR, 0.5));
      const voices = spoken.map(voiceOf);
      const down = voices.filter((voice) => voice > 0);
      const oneVoice = down.length === 0 ? 0 : Math.min(...down);
      const sum = voices.reduce((total, voice) => total + voice, 0);
      return 1 / (1 + ((1 - before) / before) * Math.exp(-Math.max(oneVoice, sum)));
    },
  };
}

/** True where votes are sure enough to quiet what they are about; `isUnbounded`: however far it goes. */
export function isEnough(probability: number, isUnbounded = false): boolean {
  return probability >= (isUnbounded ? ENOUGH_UNBOUNDED : ENOUGH) - TIE;
}

function shareDown(told: readonly ToldFinding[], strength: number, before: number): number {
  const weights = told.map(({ spoken }) => weightOf(spoken)).filter((weight) => Math.abs(weight) > TIE);
  const down = weights.filter((weight) => weight < 0).length;
  return (strength * before + down) / (strength + weights.length);
}

function weightOf(spoken: readonly Spoken[]): number {
  return spoken.reduce((sum, { weight }) => sum + weight, 0);
}

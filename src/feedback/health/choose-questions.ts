import { type Correction, realProbability, shiftOf, type WindowEvidence } from '../../domain/correction.ts';
import type { EpochMs, FindingId, ReportId } from '../../domain/identifiers.ts';
import type { SeriesKey } from '../../domain/series.ts';

/**
 * The findings of which a verdict would teach most, for a digest to ask about when votes are few.
 *
 * worth = 4 p (1 - p) * 0.5^(age / HALF_LIFE): what the second stage is least sure of, the newer the better. Of one column of
 * a model only one is asked about: a second one would teach much the same. Never more than MOST_QUESTIONS.
 */
export const MOST_QUESTIONS = 2;
const HALF_LIFE_MS = 14 * 86_400_000;
/** What is as good as certain is not worth a question. */
const LEAST_WORTH = 0.1;

export interface Unvoted {
  readonly model: string;
  readonly reportId: ReportId;
  readonly findingId: FindingId;
  readonly series: SeriesKey;
  readonly isAbove: boolean;
  readonly seen: WindowEvidence;
  readonly atMs: EpochMs;
}

export interface Question extends Unvoted {
  /** Probability that it is real, as far as was learned. */
  readonly probability: number;
}

export function chooseQuestions(
  unvoted: readonly Unvoted[],
  { correction, now }: { readonly correction: Correction; readonly now: EpochMs },
): readonly Question[] {
  const ranked = unvoted
    .map((one) => {
      const probability = realProbability(correction.slope, one.seen.evidence, shiftOf(correction, one.seen, one));
      const age = Math.max(0, now - one.atMs);
      return { ...one, probability, worth: 4 * probability * (1 - probability) * 0.5 ** (age / HALF_LIFE_MS) };
    })
    .filter(({ worth }) => worth >= LEAST_WORTH)
    .toSorted((a, b) => b.worth - a.worth || a.findingId - b.findingId);
  const chosen: Question[] = [];
  for (const { worth: _, ...one } of ranked) {
    const isLike = chosen.some(({ model, series }) => model === one.model && series.column === one.series.column);
    if (!isLike && chosen.length < MOST_QUESTIONS) chosen.push(one);
  }
  return chosen;
}

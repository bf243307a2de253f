import { type Correction, realProbability, shiftOf } from '../../domain/correction.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { Label } from '../../domain/label.ts';
import { type LearnedVersion, NOTHING_LEARNED } from '../../domain/learned-version.ts';
import { seriesName } from '../../domain/series.ts';
import type { SaidAndReal } from '../health/calibration-drift.ts';

/** What was found and people agreed on, once however many windows it had: those are not independent. */
export interface LabelledFinding extends SaidAndReal {
  readonly model: string;
  readonly startMs: EpochMs;
}

/** Each with the probability that the version of its time gave its likeliest window: what was learned since knows the answer. */
export function labelledFindings(
  labels: readonly Label[],
  versions: readonly LearnedVersion[],
): readonly LabelledFinding[] {
  const promoted = versions
    .filter(({ promotedAt }) => promotedAt !== undefined)
    .toSorted((a, b) => (b.promotedAt ?? 0) - (a.promotedAt ?? 0));
  const inForceAt = (ms: EpochMs): Correction =>
    promoted.find(({ promotedAt = 0 }) => promotedAt <= ms)?.correction ?? NOTHING_LEARNED;
  const groups = groupBy(labels, ({ incident, model, series, isAbove }) =>
    JSON.stringify([incident, model, seriesName(series), isAbove]),
  );
  return [...groups.values()].map((own) => {
    const said = own.map((label) => {
      const correction = inForceAt(label.window.endMs);
      return realProbability(correction.slope, label.seen.evidence, shiftOf(correction, label.seen, label));
    });
    const balance = own.reduce((sum, { verdict, weight }) => sum + (verdict === 'real' ? weight : -weight), 0);
    return {
      model: (own[0] as Label).model,
      startMs: Math.min(...own.map(({ window }) => window.startMs)),
      said: Math.max(...said),
      isReal: balance > 0,
    };
  });
}

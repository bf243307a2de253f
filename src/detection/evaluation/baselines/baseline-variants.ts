import type { Draws } from '../../synthetic/draws.ts';
import { type Variant, variantOf } from '../scorer.ts';
import { createExponentialSmoothingScorer } from './exponential-smoothing.ts';
import { createMeanZScorer } from './mean-z.ts';
import { createPreviousWeekScorer } from './previous-week-ratio.ts';
import { createRandomScorer } from './random-scores.ts';
import { createSameTimeMedianScorer } from './same-time-median.ts';

/** The baselines that stand beside every detector. */
export function baselineVariants(draws: Draws): readonly Variant[] {
  return [
    variantOf('mean/std z', createMeanZScorer),
    variantOf('same-time median', createSameTimeMedianScorer),
    variantOf('previous-week ratio', createPreviousWeekScorer),
    variantOf('exponential smoothing', createExponentialSmoothingScorer),
    variantOf('random', () => createRandomScorer(draws)),
  ];
}

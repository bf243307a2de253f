import type { Draws } from '../../synthetic/draws.ts';
import type { Scorer } from '../scorer.ts';

/**
 * Knows nothing: what it reaches is what a figure gives away for free.
 *
 * score(t) uniform in 0 .. 1
 *
 * Source: Kim et al. (2022), who show that it wins under point adjustment. Edge cases: no value: NaN, as for the others.
 */
export function createRandomScorer(draws: Draws): Scorer {
  return {
    name: 'random',
    score: ({ values }) => values.map((value) => (Number.isFinite(value) ? draws.uniform() : Number.NaN)),
  };
}

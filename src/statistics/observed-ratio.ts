import type { ObservedAggregate } from '../domain/profile.ts';

/** Sum of labels / sum of scores; null without scores, or where a sum or the ratio is beyond what a number can hold. */
export function observedRatio({ labels, scores }: ObservedAggregate): number | null {
  if (labels === null || scores === null || scores === 0) return null;
  const ratio = labels / scores;
  return Number.isFinite(ratio) ? ratio : null;
}

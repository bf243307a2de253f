import { warmUpWindows } from '../../../src/detection/evaluation/warm-up.ts';
import type { EvaluationSet, ScoredGrid } from '../../../src/detection/index.ts';

/** Tail probabilities at which what was promised is held against what was seen. */
export const NOMINAL = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001, 0.0001] as const;

export interface Reliability {
  readonly set: string;
  /** Unlabelled windows with a tail probability. */
  readonly windows: number;
  /** Share of them with at most that probability, in the order of NOMINAL. */
  readonly seen: readonly (number | null)[];
}

/** How often windows that nobody calls anomalous are as rare as the detector says; null without tail probabilities. */
export function reliability(set: EvaluationSet, scored: readonly ScoredGrid[]): Reliability | null {
  const tails: number[] = [];
  set.series.forEach(({ labels }, index) => {
    const { tail } = scored[index] ?? {};
    if (tail === undefined) return;
    for (let window = warmUpWindows(tail.length, set.granularity); window < tail.length; window += 1) {
      const p = tail[window] ?? Number.NaN;
      if (labels[window] !== 1 && !Number.isNaN(p)) tails.push(p);
    }
  });
  if (tails.length === 0) return null;
  const seen = NOMINAL.map((nominal) => tails.filter((p) => p <= nominal).length / tails.length);
  return { set: set.name, windows: tails.length, seen };
}

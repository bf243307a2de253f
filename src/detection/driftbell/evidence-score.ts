/**
 * A tail probability as the probability that a window is anomalous: the most that p can say for an anomaly against
 * health (Sellke, Bayarri and Berger, 2001), on a stated prior.
 *
 * B = -e p ln(p) for p < 1 / e, else 1; score = 1 / (1 + B (1 - prior) / prior)
 *
 * PRIOR: share of anomalous windows in the labelled series that people published. With it p = 0.001 gives 0.52. Edge
 * cases: p = 0 gives 1, NaN stays NaN.
 */
const PRIOR = 0.02;

export function evidenceScore(tail: number): number {
  if (tail === 0) return 1;
  const bound = tail < 1 / Math.E ? -Math.E * tail * Math.log(tail) : 1;
  return 1 / (1 + (bound * (1 - PRIOR)) / PRIOR);
}

/** Bins of a reference with as many values in each: fine enough to see a tail move, coarse enough for small windows. */
const EQUAL_BINS = 30;

/** The inner cuts of `EQUAL_BINS` bins with an equal number of values in each, as probabilities. */
export const INNER_PROBABILITIES: readonly number[] = Array.from(
  { length: EQUAL_BINS - 1 },
  (_, i) => (i + 1) / EQUAL_BINS,
);

/** Below the smallest value by less than any other value differs from it, but for numbers next to zero. */
const SMALLEST_STEP = 1e-300;

/**
 * Edges of bins with about as many values in each, from the extremes and quantiles of a reference.
 *
 * A bin holds edge[i] < x <= edge[i + 1]; the first edge is just below the minimum, the last is the maximum, equal
 * quantiles become one edge: a value that fills several bins has one of its own. No values: no edges.
 */
export function binEdges(
  minimum: number | null,
  quantiles: readonly (number | null)[],
  maximum: number | null,
): readonly number[] {
  if (minimum === null || maximum === null) return [];
  const below = Math.max(-Number.MAX_VALUE, minimum - Math.max(SMALLEST_STEP, Math.abs(minimum) * Number.EPSILON));
  const inner = quantiles.filter((edge) => edge !== null && edge >= minimum && edge <= maximum) as number[];
  return [...new Set([below, ...inner, maximum])].sort((a, b) => a - b);
}

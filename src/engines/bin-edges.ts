import type { Bins, ColumnAggregate, ReferenceProfile } from '../domain/profile.ts';

/** Bins of a reference with as many values in each: fine enough to see a tail move, coarse enough for small windows. */
const EQUAL_BINS = 30;

/** The inner cuts of `EQUAL_BINS` bins with an equal number of values in each, as probabilities. */
export const INNER_PROBABILITIES: readonly number[] = Array.from(
  { length: EQUAL_BINS - 1 },
  (_, i) => (i + 1) / EQUAL_BINS,
);

type NumericBins = Extract<Bins, { kind: 'numeric' }>;

/** Below the smallest value by less than any other value differs from it, but for numbers next to zero. */
const SMALLEST_STEP = 1e-300;

/**
 * Bins and counts of a reference from those by its inner edges alone, whose extremes are of values other than the default.
 *
 * A bin holds edge[i] < x <= edge[i + 1]; the first edge is just below the smallest of those values, the last is the
 * largest, equal quantiles are one edge: a value that fills several bins has one of its own. So no value of the reference
 * is up to the first edge or beyond the last. No values: no edges.
 */
export function withExtremes(inner: NumericBins, counted: ColumnAggregate): ReferenceProfile {
  const { minimum, maximum } = counted;
  if (minimum === null || maximum === null) {
    const isDefault = counted.defaults > 0 ? inner.defaultValue : null;
    return {
      bins: { ...inner, edges: [] },
      aggregate: { ...counted, bins: [0], minimum: isDefault, maximum: isDefault },
    };
  }
  const below = Math.max(-Number.MAX_VALUE, minimum - Math.max(SMALLEST_STEP, Math.abs(minimum) * Number.EPSILON));
  const counts = counted.bins ?? [];
  const isLastMaximum = inner.edges.at(-1) === maximum;
  const aggregate = { ...counted, bins: [0, ...(isLastMaximum ? counts.slice(0, -1) : counts), 0] };
  return {
    bins: { ...inner, edges: [below, ...inner.edges, ...(isLastMaximum ? [] : [maximum])] },
    aggregate:
      counted.defaults === 0
        ? aggregate
        : {
            ...aggregate,
            minimum: Math.min(minimum, inner.defaultValue),
            maximum: Math.max(maximum, inner.defaultValue),
          },
  };
}

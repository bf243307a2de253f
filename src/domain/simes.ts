/**
 * One tail probability for several that move together (Simes 1986): with the n probabilities in ascending order,
 *
 *   p = min over k of (n / k) * p(k)
 *
 * It holds under the positive dependence of such series, and unlike Bonferroni's it gains from many that agree.
 * Dimensionless, 0..1; 1 for none.
 */
export function simes(tails: readonly number[]): number {
  const ascending = tails.toSorted((a, b) => a - b);
  return ascending.reduce((least, tail, rank) => Math.min(least, (tail * ascending.length) / (rank + 1)), 1);
}

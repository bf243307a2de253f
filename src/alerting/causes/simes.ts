/**
 * One tail probability for a group of findings (Simes 1986): with the group's n probabilities in ascending order,
 *
 *   p = min over i of n p_(i) / i
 *
 * It holds under the positive dependence of series that move together, and unlike Bonferroni's it gains from many that
 * agree. Undefined where a finding has no probability, or there is none at all.
 */
export function simes(tails: readonly (number | undefined)[]): number | undefined {
  const known = tails.filter((tail): tail is number => tail !== undefined);
  if (known.length === 0 || known.length < tails.length) return undefined;
  const ascending = known.toSorted((a, b) => a - b);
  return ascending.reduce((least, tail, index) => Math.min(least, (known.length * tail) / (index + 1)), 1);
}

/**
 * How different two histograms over the same bins are, from 0 (equal) to 1 (no bin in common).
 *
 * JS = sqrt( (KL(p, m) + KL(q, m)) / 2 ), m = (p + q) / 2, KL(p, m) = sum over bins of p * log2(p / m);
 * p, q = shares of the rows by bin, a bin of no rows adds nothing. The root of the Jensen-Shannon divergence is a
 * metric: symmetric, 0 only for equal shares, and at most 1 with logarithms to the base 2. With n rows in k filled bins
 * it is about sqrt(k / (8 * n * ln 2)) without any change, so that its level tells little and its rise much.
 * Source: Lin 1991; Endres and Schindelin 2003. Null when either histogram has no rows.
 */
export function jsDistance(counts: readonly number[], reference: readonly number[]): number | null {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const referenceRows = reference.reduce((sum, count) => sum + count, 0);
  if (rows <= 0 || referenceRows <= 0) return null;
  let divergence = 0;
  for (const [bin, count] of counts.entries()) {
    const p = count / rows;
    const q = (reference[bin] ?? 0) / referenceRows;
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p / 2) * Math.log2(p / middle);
    if (q > 0) divergence += (q / 2) * Math.log2(q / middle);
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}

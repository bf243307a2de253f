/**
 * Population stability index: how far the shares of two histograms over the same bins have moved, in nats.
 *
 * PSI = sum over bins of (p - q) * ln(p / q); p, q = shares of the rows by bin, never less than SMALLEST_SHARE.
 * It is the symmetric Kullback-Leibler divergence: at least 0, 0 for equal shares, the same both ways, and at most
 * LARGEST_PSI because of the floor. Source: Siddiqi 2006; without a change it is about
 * (1 / n + 1 / m) * chi-squared of bins - 1 (Yurdakul 2018), hence no fixed limit fits small and large windows alike.
 * Null when either histogram has no rows.
 */
export function psi(counts: readonly number[], reference: readonly number[]): number | null {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const referenceRows = reference.reduce((sum, count) => sum + count, 0);
  if (rows <= 0 || referenceRows <= 0) return null;
  let index = 0;
  for (const [bin, count] of counts.entries()) {
    const p = Math.max(count / rows, SMALLEST_SHARE);
    const q = Math.max((reference[bin] ?? 0) / referenceRows, SMALLEST_SHARE);
    index += (p - q) * Math.log(p / q);
  }
  return index;
}

/** What an empty bin counts as: without it a single one makes the index infinite. Below what people call a change. */
const SMALLEST_SHARE = 1e-4;

/** The shares differ by 2 in total at most, and their logarithms by that of the floor. */
export const LARGEST_PSI = -2 * Math.log(SMALLEST_SHARE);

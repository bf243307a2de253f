/**
 * How much two series deviate together: Pearson's correlation over the windows that both have, shrunk towards 0 as long
 * as these are few.
 *
 *   r = cov(a, b) / (sd(a) sd(b)),  shrunk = r n / (n + SHRINK_WINDOWS)
 *
 * a, b: deviations in widths of the band, clipped at CLIP, so that one past incident does not decide alone. n: common
 * windows. Below LEAST_COMMON_WINDOWS, or for a series that never deviates, 0: nothing is known.
 * Source: methods section 4 (correlation of past severities above .6 over at least 30 common windows, shrunk).
 */
export const LEAST_COMMON_WINDOWS = 30;
/** Two series are correlated from here on. */
export const CORRELATED = 0.6;
/** As many windows of no correlation are added as evidence against one. */
const SHRINK_WINDOWS = 5;
const CLIP = 3;

/** a, b: clipped deviations on the same windows, NaN where there is none. */
export function shrunkCorrelation(a: Float64Array, b: Float64Array): number {
  let n = 0;
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let place = 0; place < Math.min(a.length, b.length); place += 1) {
    const x = a[place] ?? Number.NaN;
    const y = b[place] ?? Number.NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n += 1;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  if (n < LEAST_COMMON_WINDOWS) return 0;
  const variance = (sumAA - (sumA * sumA) / n) * (sumBB - (sumB * sumB) / n);
  if (!(variance > 0)) return 0;
  const r = (sumAB - (sumA * sumB) / n) / Math.sqrt(variance);
  return (r * n) / (n + SHRINK_WINDOWS);
}

/** Once for a series and not once for each of its pairs. */
export function clipped(deviations: Float64Array): Float64Array {
  return deviations.map((value) => Math.max(-CLIP, Math.min(CLIP, value)));
}

/**
 * How many anomalous windows share a detection window with window `index` (AlerTiger section 3.3).
 *
 * The detection window of length `length` slides over time; the count is the largest over all its positions that
 * hold `index`. Only windows up to the end of `isAnomalous` are seen, so a caller that ends the array at the window
 * under judgement lets no later window confirm it.
 *
 * isAnomalous: one flag per window in time order, without gaps. Returns 0 when the window itself is not anomalous.
 */
export function anomalousWithin(isAnomalous: readonly boolean[], index: number, length: number): number {
  if (isAnomalous[index] !== true) return 0;
  let most = 0;
  for (let start = Math.max(0, index - length + 1); start <= index; start += 1) {
    const count = isAnomalous.slice(start, start + length).filter(Boolean).length;
    most = Math.max(most, count);
  }
  return most;
}

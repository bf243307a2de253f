/** The known values among the `count` windows before `index`, oldest first. */
export function knownBefore(values: Float64Array, index: number, count: number): Float64Array {
  return values.subarray(Math.max(0, index - count), index).filter((value) => Number.isFinite(value));
}

/**
 * The least spread that a baseline divides by: this share of the largest absolute value it has seen. A constant
 * history would otherwise make any change infinitely odd.
 */
const LEAST_SPREAD_SHARE = 2e-3;
/** For a history of zeros alone, which has nothing to be relative to. */
const ZERO_SPREAD = 0.01;

export function leastSpread(known: Float64Array): number {
  let largest = 0;
  for (const value of known) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? ZERO_SPREAD : LEAST_SPREAD_SHARE * largest;
}

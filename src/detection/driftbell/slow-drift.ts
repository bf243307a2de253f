/**
 * Finds a level that creeps: the band follows it, so that no window is rare, but the windows lie on one side of their
 * baselines again and again (CUSUM; Page, 1954).
 *
 * z = side * Phi^-1(1 - tail / 2), within +-Z_CLIP, so that one far window is no drift
 * up = max(0, up + z - ALLOWANCE), down = max(0, down - z - ALLOWANCE); a drift when either reaches LIMIT, then both are 0
 *
 * The series is asked once a week, on its last day, about the newest DRIFT_WINDOWS windows; a drift counts if its sum
 * reached the limit within that week and no other had within QUIET_WINDOWS before. It began at the window after the sum
 * was last 0. Phi^-1 by Abramowitz and Stegun, 26.2.23 (error below 4.5e-4).
 *
 * The limit gives less than one drift a year on real series without faults (0.6; page views and bitcoin move), none on
 * stationary ones; 8, common for independent windows, gave 3.9 and 0.8. Edge cases: windows that were not judged, or that
 * were anomalies, are passed over; on a series that moves for good the band follows, and the drift is told once.
 */
export const DRIFT_WINDOWS = 56;
const ALLOWANCE = 0.5;
const LIMIT = 20;
const Z_CLIP = 3;
const QUIET_WINDOWS = 28;
const CHECKED_WINDOWS = 7;

export interface SlowDrift {
  /** Index of the window that it began with. */
  readonly since: number;
  /** +1: above its baselines; -1: below. */
  readonly side: 1 | -1;
}

/** `z`: the newest windows of a series in time order, NaN where not judged; the last one ends the week. */
export function findSlowDrift(z: Float64Array): SlowDrift | undefined {
  let [up, down, upFrom, downFrom] = [0, 0, 0, 0];
  let latest = Number.NEGATIVE_INFINITY;
  let found: SlowDrift | undefined;
  for (let at = Math.max(0, z.length - DRIFT_WINDOWS); at < z.length; at += 1) {
    const value = z[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const step = Math.min(Z_CLIP, Math.max(-Z_CLIP, value));
    if (up === 0) upFrom = at;
    if (down === 0) downFrom = at;
    up = Math.max(0, up + step - ALLOWANCE);
    down = Math.max(0, down - step - ALLOWANCE);
    if (up < LIMIT && down < LIMIT) continue;
    const isOfThisWeek = at >= z.length - CHECKED_WINDOWS;
    if (isOfThisWeek && at - latest > QUIET_WINDOWS) {
      found = up >= LIMIT ? { since: upFrom, side: 1 } : { since: downFrom, side: -1 };
    }
    [latest, up, down] = [at, 0, 0];
  }
  return found;
}

const LEAST_TAIL = 1e-12;

/** How far a window lies from its baseline, as a standard normal value is that rare; NaN where it was not judged. */
export function signedZ(value: number, baseline: number, tail: number): number {
  if (Number.isNaN(tail) || Number.isNaN(value - baseline)) return Number.NaN;
  const t = Math.sqrt(-2 * Math.log(Math.max(LEAST_TAIL, Math.min(1, tail)) / 2));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return Math.sign(value - baseline) * Math.max(0, t - numerator / denominator);
}

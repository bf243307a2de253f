/**
 * Where a share lies of which a few draws were seen (Wilson 1927), with 95 % confidence; `z`: another one, in standard
 * deviations.
 *
 * centre = (k + z^2 / 2) / (n + z^2); half = z sqrt(k (n - k) / n + z^2 / 4) / (n + z^2)
 *
 * Within 0..1, and never of no width. Edge case: nothing drawn, anything is possible.
 */
const USUAL_Z = 1.96;

export function shareInterval(
  hits: number,
  draws: number,
  z = USUAL_Z,
): { readonly low: number; readonly high: number } {
  if (draws === 0) return { low: 0, high: 1 };
  const centre = (hits + z ** 2 / 2) / (draws + z ** 2);
  const half = (z * Math.sqrt((hits * (draws - hits)) / draws + z ** 2 / 4)) / (draws + z ** 2);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

import { DAYS_PER_WEEK, writeDayOfWeek } from '../features/day-of-week.ts';
import { classifierWidth, DEVIATIONS } from '../network-layout.ts';
import type { DetectorSettings } from '../settings.ts';

/**
 * Stage 2's inputs: how far the value lies from the baseline and from both bounds, in normalised units.
 *
 * signed:  (c - baseline, c - upper, c - lower)
 * clipped: (c - baseline, max(0, c - upper), max(0, lower - c))
 *
 * c: value in window-normalised units. Sources: AlerTiger, section 3.3 (signed) and the released code (clipped, with
 * the day of week). Edge cases: c is limited to +-DEVIATION_LIMIT, so that a history that hardly varies gives no
 * infinities and the classifier never leaves the region it was trained in.
 */
export const DEVIATION_LIMIT = 20;

type DeviationSettings = Pick<DetectorSettings, 'deviations' | 'hasDayOfWeekInClassifier'>;

/** `heads` is count x 3 (baseline, lower, upper), normalised, as is `targets`. */
export function buildDeviations(
  heads: Float32Array,
  targets: Float32Array,
  daysOfWeek: Uint8Array,
  settings: DeviationSettings,
): Float32Array {
  const width = classifierWidth(settings);
  const inputs = new Float32Array(targets.length * width);
  for (let row = 0; row < targets.length; row += 1) {
    const value = limitDeviation(targets[row] ?? 0);
    const baseline = heads[row * 3] ?? 0;
    const lower = heads[row * 3 + 1] ?? 0;
    const upper = heads[row * 3 + 2] ?? 0;
    const offset = row * width;
    const isClipped = settings.deviations === 'clipped';
    inputs[offset] = value - baseline;
    inputs[offset + 1] = isClipped ? Math.max(0, value - upper) : value - upper;
    inputs[offset + 2] = isClipped ? Math.max(0, lower - value) : value - lower;
    if (width === DEVIATIONS + DAYS_PER_WEEK) writeDayOfWeek(daysOfWeek[row] ?? 0, inputs, offset + DEVIATIONS);
  }
  return inputs;
}

export function limitDeviation(value: number): number {
  return Math.min(DEVIATION_LIMIT, Math.max(-DEVIATION_LIMIT, value));
}

import { type Draws, drawBetween } from './draws.ts';
import type { GeneratorOptions } from './generator-options.ts';

/**
 * One labelled anomaly in a series: a level shift that ends, or a ramp up and down.
 *
 * level shift: + L on all d windows
 * spike:       + L * min(k, d + 1 - k) / ceil(d / 2) on window k = 1 .. d (d = 5: 1/3, 2/3, 1, 2/3, 1/3)
 *
 * d: windows; L: height in the units of the series. Source: the released code's synthetic data, whose redraw of L
 * until the mean changes by more than a tenth can go on for ever; here the largest L is taken after REDRAW_LIMIT draws.
 */
export type AnomalyShape = 'spike' | 'level shift';

export interface InjectedAnomaly {
  readonly shape: AnomalyShape;
  /** First window and number of windows. */
  readonly start: number;
  readonly duration: number;
  readonly level: number;
}

export const REDRAW_LIMIT = 100;
/** Below this a mean counts as 0, and any change from it is enough. */
const ZERO_MEAN = 1e-9;

export function anomalyProfile(shape: AnomalyShape, duration: number): Float64Array {
  const steps = Math.ceil(duration / 2);
  return Float64Array.from({ length: duration }, (_, index) =>
    shape === 'level shift' ? 1 : Math.min(index + 1, duration - index) / steps,
  );
}

/** Draws an anomaly that fits into `values`; it changes nothing itself. `unit` is what a level of 1 is worth. */
export function drawAnomaly(
  values: Float64Array,
  shape: AnomalyShape,
  unit: number,
  options: GeneratorOptions,
  draws: Draws,
): InjectedAnomaly {
  const duration = draws.integer(options.duration.from, options.duration.to);
  const start = draws.integer(options.earliestStart, values.length - duration);
  const sign = options.direction === 'both' && draws.uniform() < 0.5 ? -1 : 1;
  const profile = anomalyProfile(shape, duration);
  const meanBefore = mean(values.subarray(start, start + duration));
  const meanProfile = mean(profile);
  for (let attempt = 0; attempt < REDRAW_LIMIT; attempt += 1) {
    const level = sign * unit * drawBetween(draws, options.level);
    if (isVisible(meanBefore, level * meanProfile, options.leastRelativeChange)) {
      return { shape, start, duration, level };
    }
  }
  return { shape, start, duration, level: sign * unit * options.level.to };
}

export function addAnomaly(values: Float64Array, labels: Uint8Array, anomaly: InjectedAnomaly): void {
  const profile = anomalyProfile(anomaly.shape, anomaly.duration);
  profile.forEach((share, index) => {
    const at = anomaly.start + index;
    values[at] = (values[at] ?? 0) + anomaly.level * share;
    labels[at] = 1;
  });
}

function isVisible(meanBefore: number, change: number, leastRelativeChange: number): boolean {
  if (Math.abs(meanBefore) < ZERO_MEAN) return Math.abs(meanBefore + change) >= ZERO_MEAN;
  return Math.abs(change) / Math.abs(meanBefore) > leastRelativeChange;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

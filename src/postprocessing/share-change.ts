import type { Detection } from '../domain/anomaly.ts';

/** How far a coverage, rate or share is from its baseline, as a part of the rows (0..1); 0 where nothing was forecast. */
export function shareChange(detection: Detection | undefined): number {
  if (detection?.forecast === undefined || detection.value === null) return 0;
  return Math.abs(detection.value - detection.forecast.baseline);
}

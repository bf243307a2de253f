import type { Detection, Forecast } from './anomaly.ts';

/** Which way a value left its baseline; `none` where there is no value, no forecast, or no departure. */
export const directions = ['up', 'down', 'none'] as const;
export type Direction = (typeof directions)[number];

export function directionOf({ value, forecast }: Pick<Detection, 'value' | 'forecast'>): Direction {
  if (value === null || forecast === undefined || value === forecast.baseline) return 'none';
  return value > forecast.baseline ? 'up' : 'down';
}

/** The side that people vote on, and that offsets and marks hold for: without a value, that of 0. */
export function isAboveBaseline({
  value,
  forecast,
}: Pick<Detection, 'value'> & { readonly forecast?: Forecast | undefined }): boolean {
  return (value ?? 0) > (forecast?.baseline ?? 0);
}

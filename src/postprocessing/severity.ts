import type { Forecast } from '../domain/anomaly.ts';

/** e^5: what an empty band gives, since any deviation from it is beyond measure (AlerTiger reference code). */
export const EMPTY_BAND_SEVERITY = Math.exp(5);

/**
 * How far a value left its expected band, in widths of the band (AlerTiger section 3.3).
 *
 *   severity = abs(value - baseline) / abs(upper - lower)
 *
 * Dimensionless, >= 0. A value on the baseline gives 0, also in an empty band; an empty band otherwise gives e^5; a
 * missing value or forecast gives 0, because nothing was measured.
 */
export function severity(value: number | null, forecast: Forecast | undefined): number {
  if (value === null || forecast === undefined) return 0;
  const deviation = Math.abs(value - forecast.baseline);
  const width = Math.abs(forecast.upper - forecast.lower);
  if (Number.isNaN(deviation) || Number.isNaN(width)) return 0;
  if (deviation === 0) return 0;
  if (width === 0) return EMPTY_BAND_SEVERITY;
  return deviation / width;
}

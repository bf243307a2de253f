import type { Forecast } from '../domain/anomaly.ts';
import { finite } from './finite.ts';

export interface ForecastCells {
  readonly baseline: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

export function forecastCells(forecast: Forecast | undefined, what: () => string): ForecastCells {
  return {
    baseline: finite(forecast?.baseline ?? null, what),
    lower: finite(forecast?.lower ?? null, what),
    upper: finite(forecast?.upper ?? null, what),
  };
}

export function forecastOf({ baseline, lower, upper }: ForecastCells): Forecast | undefined {
  return baseline === null || lower === null || upper === null ? undefined : { baseline, lower, upper };
}

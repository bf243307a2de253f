import type { Forecast } from '../domain/anomaly.ts';
import type { JudgingRules } from '../domain/detector.ts';
import type { DetectorSettings } from './settings.ts';

/**
 * The decision: an anomaly is a value outside the closed band that stage 2 also finds likely.
 *
 * outside = value < lower or value > upper; anomaly = outside and score >= threshold (released code: >)
 *
 * Source: AlerTiger, section 3.3. Edge cases: bounds may cross (nothing in the paper forbids it); a value is then
 * outside when it is outside either of them, as the formula says.
 */
export function decideAnomaly(
  value: number,
  forecast: Forecast,
  score: number,
  settings: Pick<DetectorSettings, 'scoreThreshold' | 'isThresholdInclusive'>,
): boolean {
  const isOutside = value < forecast.lower || value > forecast.upper;
  const isLikely = settings.isThresholdInclusive ? score >= settings.scoreThreshold : score > settings.scoreThreshold;
  return isOutside && isLikely;
}

/** By a detector that brings rules of its own: outside the band, and rarer than they allow on a healthy window. */
export function decideByRules(
  value: number,
  forecast: Forecast,
  tail: number,
  { tailThreshold }: Pick<JudgingRules, 'tailThreshold'>,
): boolean {
  return (value < forecast.lower || value > forecast.upper) && tail <= tailThreshold;
}

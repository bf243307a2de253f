import type { HourRules } from '../../domain/detector.ts';

/**
 * Chosen by measurement on public hourly series, one threshold for all, each set by what was chosen on the others
 * (docs/evidence.md); 120 to 336 windows of history and a mask of 4 to 6 scales are within the noise of each other.
 */
export const hourRules: HourRules = {
  historyWindows: 168,
  omittedWindows: 3,
  leastKnownWindows: 12,
  maskSeverity: 4,
  relearnWindows: 48,
  levelFloor: 0.05,
  removesDay: true,
  goesOn: 3,
  reference: { severity: 10, tail: 0.003, exponent: 2.5 },
};

/** Windows that judging one hour looks back at: what it is held against, what that was held against, and a week to settle. */
export const HOUR_LOOKBACK_WINDOWS = 3 * 168;
/** Windows that are judged in one go, from one multiple of it to the next, so that judging one or many gives the same. */
export const HOUR_BLOCK_WINDOWS = 24;

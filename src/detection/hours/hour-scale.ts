import { kindRange, type StatisticKind } from '../../domain/statistic-kind.ts';
import { rateError } from '../driftbell/measure-history.ts';
import type { RollingQuantiles } from './rolling-quantiles.ts';

/**
 * What one unit of severity is: the scale of a Laplace distribution that the absolute errors fit, or a heavier tail.
 *
 * scale = largest of q90 / 2.3, q98 / 6, q99.5 / 12 and the floors; qP: quantile of the errors
 *
 * Errors of a Laplace distribution have q90 = 2.3, q98 = 3.9, q99.5 = 5.3 scales; the far quantiles count for less since
 * part of them are incidents, and not for nothing since some series always have spikes. Floors: RESOLUTION of the largest
 * value; `levelFloor` of the level, for a rate of its distance to the nearer end; of rates the sampling error, of counts
 * the Poisson error. Edge cases: a history of zeros that is neither gives 0: the first other value has no measure.
 */
const ERROR_QUANTILES = [
  { share: 0.9, scales: 2.3 },
  { share: 0.98, scales: 6 },
  { share: 0.995, scales: 12 },
] as const;

/** What is finer counts as rounding. */
const RESOLUTION = 1e-3;
/** A rate whose rows are unknown moves by a tenth of a percentage point by chance. */
const RATE_RESOLUTION = 1e-3;
/** Scale of a Laplace distribution with the 90 % quantile of a normal one of deviation 1: 1.645 / 2.3. */
const NORMAL_TO_SCALE = 0.715;

export interface ScaleFacts {
  readonly kind: StatisticKind;
  /** Rows behind the judged value; NaN where unknown. */
  readonly rows: number;
  readonly level: number;
  /** Share of the level. */
  readonly levelFloor: number;
}

/** The scale without what the level asks for: whether a series has left what it does, large or small. */
export function ownScale(
  errors: RollingQuantiles,
  values: RollingQuantiles,
  { kind, rows, level }: ScaleFacts,
): number {
  let scale = RESOLUTION * values.largest();
  for (const { share, scales } of ERROR_QUANTILES) scale = Math.max(scale, errors.quantile(share) / scales);
  if (kind === 'rate') return Math.max(scale, rows > 0 ? NORMAL_TO_SCALE * rateError(level, rows) : RATE_RESOLUTION);
  return kind === 'count' ? Math.max(scale, NORMAL_TO_SCALE * Math.sqrt(Math.max(1, level))) : scale;
}

export function leastScale({ kind, level, levelFloor }: ScaleFacts): number {
  const { highest } = kindRange(kind);
  return levelFloor * (kind === 'rate' ? Math.min(Math.abs(level), Math.abs(highest - level)) : Math.abs(level));
}

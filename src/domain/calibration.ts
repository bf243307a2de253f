import type { EpochMs } from './identifiers.ts';
import type { Granularity } from './model.ts';
import type { StatisticKind } from './statistic-kind.ts';

/** How often a tail probability was seen to be that small, beside how often the detector says that it is. */
export interface Reliability {
  /** A level of the detector's tail probability, 0..1. */
  readonly nominal: number;
  /** Share of healthy windows at or below it; null where too few of them could have been. */
  readonly healthy: number | null;
  /** Share of all windows at or below it, those that were flagged among them. */
  readonly all: number;
}

/** What was learned of the tail probabilities of one kind of statistic from the windows that were judged. */
export interface Calibration {
  readonly kind: StatisticKind;
  readonly granularity: Granularity;
  /** What a tail probability of the detector is multiplied with; above 1 where it promises too much. */
  readonly factor: number;
  /** Healthy windows that it rests on. */
  readonly windows: number;
  /** Windows left out because they were flagged, or would have been. */
  readonly leftOut: number;
  readonly series: number;
  /** Windows with start in [fromMs, toMs). */
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly refreshedAt: EpochMs;
  readonly reliability: readonly Reliability[];
}

export interface CalibrationChange {
  readonly calibration: Calibration;
  /** The factor that was in force. */
  readonly before: number;
}

/** Factor by kind; a kind without one keeps the detector's tails. */
export type TailFactors = Readonly<Partial<Record<StatisticKind, number>>>;

/** The tail probability that decides; the detector's own and the factor give it. */
export function calibrateTail(nominal: number, factor: number): number {
  return Math.min(1, nominal * factor);
}

export function tailFactors(calibrations: readonly Calibration[], granularity: Granularity): TailFactors {
  const known = calibrations.filter((one) => one.granularity === granularity);
  return Object.fromEntries(known.map(({ kind, factor }) => [kind, factor]));
}

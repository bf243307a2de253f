import type { DetectorManifest } from '../domain/detector.ts';
import { type Granularity, windowsPerDay } from '../domain/model.ts';

/** AlerTiger section 3.3; but for what is ours, every number is the paper's default. */
export interface FilterSettings {
  /** Length of the detection window that duration counts in. */
  readonly durationWindows: number;
  /** Anomalous windows needed within it. */
  readonly minimumAnomalousWindows: number;
  /** abs(value - baseline) / (upper - lower) that an anomaly must reach; tuned on the paper's validation set. */
  readonly minimumSeverity: number;
  /** Change that a coverage, rate or share must show, as a part of the rows; ours, so that three odd rows are no news. */
  readonly minimumShareChange: number;
  /** Share of its group's traffic that a model must have; the paper's domain knowledge. */
  readonly minimumTrafficRatio: number;
  /** Ours: asked instead of severity where a window has a tail probability; absent: severity is always asked. */
  readonly rarity?: RarityLevels;
}

/** Healthy windows of a kind of which one is as severe: 1 / tail probability. */
export interface RarityLevels {
  /** An anomaly must be at least so rare: what the detector's own rules ask. */
  readonly least: number;
  /** One that is so rare needs no second anomalous window beside it. */
  readonly alone: number;
}

export const paperFilterSettings: FilterSettings = {
  durationWindows: 3,
  minimumAnomalousWindows: 2,
  minimumSeverity: 1.3,
  minimumShareChange: 0.005,
  minimumTrafficRatio: 0.03,
};

/** What the inference of the code released with the paper asks for, where it differs from the paper. */
export const codeFilterSettings: FilterSettings = { ...paperFilterSettings, minimumSeverity: 1 };

/**
 * By chance at most one report of a single window in so long, on a model of so many series: a value ten times too large
 * on one day is told on that day, what only one series in three years would show waits for a second window.
 */
const ALONE = { days: 3 * 365, series: 20 } as const;

/** What the filters ask of the anomalies of a detector. */
export function filterSettingsOf(
  { configuration, judging }: Pick<DetectorManifest, 'configuration' | 'judging'>,
  granularity: Granularity,
): FilterSettings {
  if (configuration === 'code') return codeFilterSettings;
  if (judging === undefined) return paperFilterSettings;
  const alone = ALONE.days * windowsPerDay[granularity] * ALONE.series;
  return { ...paperFilterSettings, rarity: { least: 1 / judging.tailThreshold, alone } };
}

import type { DetectorManifest, JudgingRules } from '../domain/detector.ts';
import type { AlertBudget, FilterOverrides } from '../domain/filter-settings.ts';
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
  /** Ours: change that any other statistic must show, in its own unit; 0: none. */
  readonly minimumAbsoluteChange: number;
  /** Ours: the same as a part of its baseline; 0: none. */
  readonly minimumRelativeChange: number;
  /** Ours: rows that a window must have, 0: any. */
  readonly minimumRows: number;
  /** Ours: share of the importance of all features that a feature must have; 0: any. */
  readonly minimumImportance: number;
  /** Anomalous series that the model must have in the same window; off in the paper, 0: off. */
  readonly minimumConcurrent: number;
  /** Share of its group's traffic that a model must have; the paper's domain knowledge. */
  readonly minimumTrafficRatio: number;
  /** Ours: false ones accepted among the columns of a window that are told, 0..1; 1: any. */
  readonly falseDiscoveryRate: number;
  /** Ours: windows after a deploy in which departures from the band are held; 0: none. */
  readonly deployWindows: number;
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
  minimumAbsoluteChange: 0,
  minimumRelativeChange: 0,
  minimumRows: 0,
  minimumImportance: 0,
  minimumConcurrent: 0,
  minimumTrafficRatio: 0.03,
  falseDiscoveryRate: 1,
  deployWindows: 0,
};

/** What the inference of the code released with the paper asks for, where it differs from the paper. */
export const codeFilterSettings: FilterSettings = { ...paperFilterSettings, minimumSeverity: 1 };

/** One in ten of the columns that are told may be false: methods for scarce shifts among many healthy series. */
const FALSE_DISCOVERY_RATE = 0.1;

/**
 * By chance at most one report of a single window in so long, on a model of so many series: a value ten times too large
 * on one day is told on that day, what only one series in three years would show waits for a second window.
 */
const ALONE = { days: 3 * 365, series: 20 } as const;

/** What the filters ask of the anomalies of a detector. */
export function filterSettingsOf(
  {
    configuration,
    judging,
  }: Pick<DetectorManifest, 'configuration'> & {
    readonly judging?: Pick<JudgingRules, 'tailThreshold'> | undefined;
  },
  granularity: Granularity,
): FilterSettings {
  if (configuration === 'code') return codeFilterSettings;
  if (judging === undefined) return paperFilterSettings;
  const alone = ALONE.days * windowsPerDay[granularity] * ALONE.series;
  return {
    ...paperFilterSettings,
    falseDiscoveryRate: FALSE_DISCOVERY_RATE,
    rarity: { least: 1 / judging.tailThreshold, alone },
  };
}

/** The detector's settings, made stricter by what a budget has learned, under what the owner has set. */
export function withOwnersWord(
  standard: FilterSettings,
  { filters = {}, budget }: { readonly filters?: FilterOverrides; readonly budget?: AlertBudget },
): FilterSettings {
  const learned = budget?.calibrated;
  const { minimumRarity, aloneRarity, ...plain } = {
    ...(learned === undefined ? {} : { [learned.setting]: learned.value }),
    ...filters,
  };
  const { rarity, ...others } = { ...standard, ...plain };
  if (rarity === undefined) return others;
  const least = minimumRarity ?? rarity.least;
  // What is rare enough alone is never less rare than what needs company.
  return { ...others, rarity: { least, alone: Math.max(least, aloneRarity ?? rarity.alone) } };
}

import type { TailFactors } from '../../domain/calibration.ts';
import type { HourRules, JudgingRules, RunRules } from '../../domain/detector.ts';
import { hourRules } from '../hours/hour-rules.ts';

/** Everything that a detector of our own depends on besides its weights, its calibration and its corpus. */
export interface DriftbellSettings {
  readonly configuration: 'driftbell';
  /** H: windows before the judged one. */
  readonly historyWindows: number;
  /** K: newest windows left out, so that the forecast does not follow an anomaly that has begun. */
  readonly omittedWindows: number;
  /** Fewest known windows among the used ones; below it there is no forecast. */
  readonly leastKnownWindows: number;
  readonly floors: ScaleFloors;
  /** Hidden dense layers (ReLU); three outputs follow: median and the two raw gaps. */
  readonly units: readonly number[];
  readonly lowerQuantile: number;
  readonly upperQuantile: number;
  /** Weight of each bound's pinball loss beside that of the median. */
  readonly tailWeight: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly finalLearningRate: number;
  /** The week is taken out of histories as far as it repeats. */
  readonly removesWeek: boolean;
  /** `side`: severity counts in the gap between median and bound on the value's side; `band`: in half the band. */
  readonly severityWidth: 'side' | 'band';
  /** Bounds end where the values of the kind of statistic end. */
  readonly clipsToRange: boolean;
  /** Histories of at most two distinct values are judged by what a change means, not by the network. */
  readonly hasConstantPath: boolean;
  /** Count-like and quantised histories get the least spread of their grain, and a calibration of their own. */
  readonly hasCountPath: boolean;
  /** Tail probabilities by kind of statistic and shape of history; false: one table for all. */
  readonly calibratesByKind: boolean;
  readonly masksAnomalies: boolean;
  /** See `JudgingRules`; absent: they are masked. */
  readonly clipsAnomalies?: boolean | undefined;
  /** Anomalies of one side in a row after which a shift is the new normal; 0: never. */
  readonly relearnWindows: number;
  /** Equal windows in a row from which a series that always scattered is stuck; 0: never. */
  readonly flatWindows: number;
  /** An anomaly is at most this likely on a healthy window. */
  readonly tailThreshold: number;
  /** Windows on and beside public holidays are also read as Sundays; absent: they are not. */
  readonly readsHolidays?: boolean | undefined;
  /** Such windows are masked in later histories; absent: they are not. */
  readonly masksHolidays?: boolean | undefined;
  /** Levels that creep are told once a week; absent: they are not. */
  readonly findsSlowDrift?: boolean | undefined;
  /** What most series of a model do together is one finding, and taken out of each; absent: it is not. */
  readonly removesCommonMode?: boolean | undefined;
  /** Windows in a row on one side say more than each; absent: each is judged alone. */
  readonly runs?: RunRules | undefined;
  /** Hours are judged by the hours before them; absent: as days are, by the same hour of the days before. */
  readonly hours?: HourRules | undefined;
}

export interface ScaleFloors {
  /** Share of the spread that the median absolute deviation implies. */
  readonly deviation: number;
  /** Share of the median's absolute value: what is finer counts as rounding. */
  readonly level: number;
  /** Sampling error of rates, where the rows behind them are known. */
  readonly usesRows: boolean;
}

/**
 * Two in a row, both at most p: on 533,000 healthy windows of the calibration corpus -log10 of their share is
 * 0.52 - 1.3 log10(p) (1.14 at the rarest 1 %, 2.70 at the rarest 0.01 %). Twice that for two ways of being found, and
 * twice again because neighbours are more alike in the real daily series than in the corpus. goesOn: of an incident at the
 * threshold, a window counts on as long as it is among the quarter least likely of its kind.
 */
export const runRules: RunRules = { pair: { factor: 1.2, exponent: 1.3 }, goesOn: 4 };

export const driftbellSettings: DriftbellSettings = {
  configuration: 'driftbell',
  historyWindows: 28,
  omittedWindows: 3,
  leastKnownWindows: 7,
  floors: { deviation: 0.7, level: 1e-4, usesRows: true },
  units: [32, 16],
  lowerQuantile: 0.025,
  upperQuantile: 0.975,
  tailWeight: 3,
  batchSize: 1_024,
  epochs: 30,
  learningRate: 0.003,
  finalLearningRate: 0,
  removesWeek: true,
  severityWidth: 'side',
  clipsToRange: true,
  hasConstantPath: true,
  hasCountPath: true,
  calibratesByKind: true,
  masksAnomalies: true,
  clipsAnomalies: true,
  relearnWindows: 10,
  flatWindows: 5,
  tailThreshold: 0.003,
  readsHolidays: true,
  masksHolidays: false,
  findsSlowDrift: true,
  removesCommonMode: true,
  runs: runRules,
  hours: hourRules,
};

/** What those who feed the detector must know; written into its manifest. `factors`: see `RunRules`. */
export function judgingRules(settings: DriftbellSettings, factors?: TailFactors): JudgingRules {
  const { omittedWindows, leastKnownWindows, masksAnomalies, relearnWindows, flatWindows, tailThreshold } = settings;
  const { clipsAnomalies, readsHolidays, masksHolidays, findsSlowDrift, removesCommonMode, hours } = settings;
  const runs = settings.runs && { ...settings.runs, ...(factors && { factors }) };
  return {
    ...{ omittedWindows, leastKnownWindows, masksAnomalies, relearnWindows, flatWindows, tailThreshold },
    ...{ clipsAnomalies, readsHolidays, masksHolidays, findsSlowDrift, removesCommonMode, runs, hours },
  };
}

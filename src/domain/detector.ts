import type { TailFactors } from './calibration.ts';
import type { DetectorId } from './identifiers.ts';

export const detectorConfigurations = ['paper', 'code', 'driftbell'] as const;
export type DetectorConfiguration = (typeof detectorConfigurations)[number];

/** Measured on the labelled series named in `on`; null where a figure cannot be computed. */
export interface DetectorQuality {
  readonly on: string;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** What is known of a trained pair of networks; written beside the weights as `manifest.json`. */
export interface DetectorManifest {
  readonly name: string;
  readonly configuration: DetectorConfiguration;
  readonly historyWindows: number;
  readonly seed: number;
  readonly trainedOn: string;
  readonly quality: readonly DetectorQuality[];
  /** SHA-256 of the weights file, lower-case hex. */
  readonly checksum: string;
  /** The second pair of networks, for series with a shorter history; absent where only one pair was trained. */
  readonly shortTerm?: { readonly historyWindows: number } | undefined;
  /** Absent: histories must be whole, nothing is masked, and the score decides. */
  readonly judging?: JudgingRules | undefined;
}

/** What a detector asks of those who feed it, beyond the paper. */
export interface JudgingRules {
  /** Newest windows of a history that are passed over; no verdict on them is waited for. */
  readonly omittedWindows: number;
  /** Fewest known windows among the others that can be judged by; the rest may be missing or masked. */
  readonly leastKnownWindows: number;
  /** True: windows that were anomalous are masked in the histories of later ones, so that the band stays narrow. */
  readonly masksAnomalies: boolean;
  /** True: short anomalies stand in later histories at the bound that they passed; see `passedBound`. Absent: false. */
  readonly clipsAnomalies?: boolean | undefined;
  /** Anomalies of one side in a row, calm among themselves, after which a shift is the new normal; 0: never. */
  readonly relearnWindows: number;
  /** Equal windows in a row from which a series that always scattered counts as stuck; 0: never. */
  readonly flatWindows: number;
  /** An anomaly is at most this likely on a healthy window of its kind. */
  readonly tailThreshold: number;
  /** True: windows on and beside public holidays are also read as Sundays; absent: false. */
  readonly readsHolidays?: boolean | undefined;
  /** True: such windows are masked in the histories of later ones; absent: false. */
  readonly masksHolidays?: boolean | undefined;
  /** True: levels that creep are told once a week, for daily windows; absent: false. */
  readonly findsSlowDrift?: boolean | undefined;
  /** True: what most series of a model do together is one finding, and taken out of each; absent: false. */
  readonly removesCommonMode?: boolean | undefined;
  /** What neighbouring windows say together, for daily windows; absent: each is judged alone. */
  readonly runs?: RunRules | undefined;
  /** How hourly windows are judged; absent: like days, by the same hour of the days before. */
  readonly hours?: HourRules | undefined;
}

/** How windows in a row on one side of their baselines are read; see `runTail`. */
export interface RunRules {
  /** Tail of two in a row: factor * larger one ^ exponent; absent: two are no rarer than one. */
  readonly pair?: { readonly factor: number; readonly exponent: number } | undefined;
  /** An incident goes on while tail ^ goesOn is as rare as it was; absent: each window is on its own. */
  readonly goesOn?: number | undefined;
  /** What the smaller of a tail by itself and that of a pair is multiplied with; see `fitRunFactor`. Absent: 1 for all. */
  readonly factors?: TailFactors | undefined;
}

/** How hourly windows are judged by the hours before them; lengths in windows. */
export interface HourRules {
  /** Windows whose level and whose errors a window is held against. */
  readonly historyWindows: number;
  /** Newest ones that the level leaves out. */
  readonly omittedWindows: number;
  /** Fewest known ones for a judgement. */
  readonly leastKnownWindows: number;
  /** From this severity on a window is no part of the level, and an episode of such windows is one error; absent: none is. */
  readonly maskSeverity?: number | undefined;
  /** Of so many windows nearly all masked: the shift is the new normal; 0: never. */
  readonly relearnWindows: number;
  /** Share of the level that a change must be to count as one scale. */
  readonly levelFloor: number;
  /** What the hour of the day adds is taken out, as far as days repeat. */
  readonly removesDay: boolean;
  /** As in `RunRules`, for hours in a row. */
  readonly goesOn?: number | undefined;
  /** tail = reference.tail * (reference.severity / severity) ^ exponent. */
  readonly reference: { readonly severity: number; readonly tail: number; readonly exponent: number };
}

/** Names the weights themselves: two trainings with one seed may share their name. */
export function detectorVersion({ name, checksum }: Pick<DetectorManifest, 'name' | 'checksum'>): string {
  return checksum === '' ? name : `${name}@${checksum.slice(0, CHECKSUM_DIGITS)}`;
}

const CHECKSUM_DIGITS = 12;

export interface StoredDetector {
  readonly id: DetectorId;
  readonly manifest: DetectorManifest;
  readonly folder: string;
}

import type { Correction } from './correction.ts';
import type { CorrectionId, DetectorId, EpochMs, UserId } from './identifiers.ts';

export const versionStates = ['active', 'retired', 'refused', 'rolled_back'] as const;
/** One version of a detector is active; a candidate that the gate refused is kept with the reason. */
export type VersionState = (typeof versionStates)[number];

/** How well windows with a label are told: real ones found, and what is told being real. Null: nothing to count. */
export interface LabelQuality {
  readonly precision: number | null;
  readonly recall: number | null;
  /** Mean of -ln of the probability of the truth; lower is better. */
  readonly logLoss: number | null;
}

/** Both sides of the gate: what was in force, and the candidate. */
export interface Comparison {
  readonly before: LabelQuality;
  readonly after: LabelQuality;
}

/** How a version came about, and what the gate saw. */
export interface LearningReport {
  readonly seed: number;
  readonly incidents: number;
  /** Labelled windows, and how many labels they count as. */
  readonly windows: number;
  readonly effectiveLabels: number;
  readonly voters: number;
  readonly models: readonly string[];
  /** When the newest label was given, or brought along. */
  readonly untilMs: EpochMs;
  /** On votes that the versions had not learned from when they were asked. */
  readonly votes: Comparison;
  /** Fall of the log loss on votes, as a 90 % interval; above 0 the candidate is better. */
  readonly gain: { readonly low: number; readonly high: number };
  /** On the frozen base set. */
  readonly base: Comparison;
  /** Findings of the last 90 days that would be quiet, and windows that would now be told. */
  readonly quieter: number;
  readonly louder: number;
  readonly findings: number;
  /** Why it was refused; empty for one that was promoted. */
  readonly reasons: readonly string[];
}

/** A detector's weights with what they learned: number 0 is the detector as it was shipped. */
export interface LearnedVersion {
  readonly id: CorrectionId;
  readonly detectorId: DetectorId;
  readonly number: number;
  readonly state: VersionState;
  readonly isPinned: boolean;
  readonly correction: Correction;
  /** Absent for number 0. */
  readonly report?: LearningReport | undefined;
  readonly madeAt: EpochMs;
  readonly promotedAt?: EpochMs;
  /** Who rolled it back, or back to it. */
  readonly by?: UserId;
}

/** What is in force while nothing was learned: it changes nothing. */
export const NOTHING_LEARNED: Correction = {
  slope: 0.5,
  offsets: { statistic: {}, model: {}, column: {}, series: {} },
  labels: 0,
};

/** `paper-1@0a1b2c+3`: the detector with its third lesson; plain while nothing was learned. */
export function learnedName(detector: string, number: number): string {
  return number === 0 ? detector : `${detector}+${number}`;
}

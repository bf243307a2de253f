import type { DetectorManifest } from '../domain/detector.ts';

/**
 * Windows to judge, as numbers. Row i of `histories` is the `historyWindows` values before window i, oldest first; NaN
 * where a window is missing or masked. Rows with fewer known values than the manifest asks for are not offered.
 */
export interface JudgementBatch {
  readonly count: number;
  /** count x historyWindows, row-major. */
  readonly histories: Float64Array;
  /** The values under judgement, count. */
  readonly values: Float64Array;
  /** Monday 0 ... Sunday 6, count. */
  readonly daysOfWeek: Uint8Array;
  /** Rows of the source behind each judged value, NaN where unknown. Absent: unknown everywhere. */
  readonly rows?: Float64Array;
  /** For each row, a place in `statisticKinds`. Absent: levels, of which nothing is known. */
  readonly kinds?: Uint8Array;
}

/** One entry per row of the batch, in the units of the series. */
export interface JudgementResult {
  readonly baseline: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Probability of an anomaly, 0..1. */
  readonly score: Float64Array;
  /** Distance from the baseline in half widths of the band, at least 0; NaN from a detector that has no such measure. */
  readonly severity: Float64Array;
  /** How often a healthy window of that kind is at least as severe, 0..1; NaN from a detector without a calibration. */
  readonly tail: Float64Array;
}

export interface ShortTermDetector {
  /** Fewer than the manifest's; the width of the histories in its batches. */
  readonly historyWindows: number;
  judge(batch: JudgementBatch, signal?: AbortSignal): Promise<JudgementResult>;
}

/** A trained pair of networks, ready to judge. */
export interface Detector {
  readonly manifest: DetectorManifest;
  judge(batch: JudgementBatch, signal?: AbortSignal): Promise<JudgementResult>;
  /** A second pair for windows whose history is too short for the first, such as those of a young series. */
  readonly shortTerm?: ShortTermDetector;
  close(): Promise<void>;
}

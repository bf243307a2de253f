import type { DetectorManifest } from '../domain/detector.ts';

/**
 * Windows to judge, as numbers. Row i of `histories` is the `historyWindows` values before window i, oldest first;
 * every value is finite (windows with gaps are not offered to the paper's network).
 */
export interface JudgementBatch {
  readonly count: number;
  /** count x historyWindows, row-major. */
  readonly histories: Float64Array;
  /** The values under judgement, count. */
  readonly values: Float64Array;
  /** Monday 0 ... Sunday 6, count. */
  readonly daysOfWeek: Uint8Array;
}

/** One entry per row of the batch, in the units of the series. */
export interface JudgementResult {
  readonly baseline: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Probability of an anomaly, 0..1. */
  readonly score: Float64Array;
}

/** A trained pair of networks, ready to judge. */
export interface Detector {
  readonly manifest: DetectorManifest;
  judge(batch: JudgementBatch, signal?: AbortSignal): Promise<JudgementResult>;
  close(): Promise<void>;
}

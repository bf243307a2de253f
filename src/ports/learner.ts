import type { ContextNetwork, WindowEvidence } from '../domain/correction.ts';

/** A window of the frozen base set: generated series with known faults, judged by the detector. */
export interface BaseWindow {
  readonly seen: WindowEvidence;
  readonly isReal: boolean;
}

export interface BaseSet {
  /** Replayed in training, so that what votes do not speak of stays as it was. */
  readonly replayed: readonly BaseWindow[];
  /** Of other series: the gate measures on them and nothing ever learns from them. */
  readonly frozen: readonly BaseWindow[];
}

/** Windows to learn from. log-odds = fixed + 2 tanh(net(context)). */
export interface ContextRows {
  readonly count: number;
  /** count x contextNames.length, row-major. */
  readonly contexts: Float32Array;
  readonly fixed: Float32Array;
  /** Probability to learn, 0..1. */
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

/** Work that takes seconds, away from the thread that answers people. */
export interface Learner {
  /** The same for the same detector, each time. */
  baseSet(signal?: AbortSignal): Promise<BaseSet>;
  /** The same for the same rows and seed, on one backend. */
  fitNetwork(rows: ContextRows, seed: number, signal?: AbortSignal): Promise<ContextNetwork>;
  close(): Promise<void>;
}

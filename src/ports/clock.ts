import type { EpochMs } from '../domain/identifiers.ts';

export interface Clock {
  now(): EpochMs;
  /** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

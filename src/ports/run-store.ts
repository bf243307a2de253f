import type { EpochMs, ModelId, RunId } from '../domain/identifiers.ts';

export type RunOutcome = 'running' | 'ok' | 'failed' | 'skipped';

export interface Run {
  readonly id: RunId;
  readonly job: string;
  readonly modelId?: ModelId;
  readonly windowStartMs?: EpochMs;
  readonly startedAt: EpochMs;
  readonly endedAt?: EpochMs;
  /** Until then nobody takes it over; it is renewed while it runs. */
  readonly leaseUntil: EpochMs;
  readonly outcome: RunOutcome;
  readonly counts: Readonly<Record<string, number>>;
  readonly error?: string;
}

export interface RunStore {
  /** Undefined when another run of the same job, model and window holds the lease. */
  begin(run: {
    readonly job: string;
    readonly modelId?: ModelId;
    readonly windowStartMs?: EpochMs;
    readonly at: EpochMs;
    readonly leaseMs: number;
  }): RunId | undefined;
  end(
    id: RunId,
    outcome: Exclude<RunOutcome, 'running'>,
    at: EpochMs,
    counts: Readonly<Record<string, number>>,
    error?: string,
  ): void;
  /** Of a job of all models where none is named. */
  latest(job: string, modelId?: ModelId): Run | undefined;
  /** What the newest run that ended well counted, by window, for windows with start in [fromMs, toMs). */
  done(
    job: string,
    modelId: ModelId,
    fromMs: EpochMs,
    toMs: EpochMs,
  ): ReadonlyMap<EpochMs, Readonly<Record<string, number>>>;
  /** Lets a run go on for longer; false when it has ended or lost its lease. */
  renew(id: RunId, leaseUntil: EpochMs): boolean;
  /** Start of the newest window of the model that a job finished well. */
  newestDone(job: string, modelId: ModelId): EpochMs | undefined;
}

import { DriftbellError, describeThrown } from '../domain/errors.ts';
import type { EpochMs, ModelId, RunId } from '../domain/identifiers.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Stores } from '../ports/stores.ts';

export interface Job<Result> {
  readonly name: string;
  readonly modelId?: ModelId;
  readonly windowStartMs?: EpochMs;
  readonly timeoutMs: number;
  readonly work: (signal: AbortSignal) => Promise<Result>;
  /** Numbers for the outcome row. */
  readonly counts: (result: Result) => Readonly<Record<string, number>>;
  /** True when there was nothing to do yet: the outcome is `skipped`, and the job is due again. */
  readonly isSkipped?: (result: Result) => boolean;
}

export interface RunnerDeps {
  readonly stores: Pick<Stores, 'runs'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A run says so often that it lives that another may take over soon after it was killed. */
export const LEASE_MS = 120_000;
export const RENEWED_EVERY_MS = 30_000;

/**
 * Runs a job under a lease, with a time limit and an outcome row. Undefined when another run of the same job, model
 * and window is under way: never two at once.
 */
export async function runJob<Result>(
  deps: RunnerDeps,
  job: Job<Result>,
  signal?: AbortSignal,
): Promise<Result | undefined> {
  const { stores, clock } = deps;
  const startedAt = clock.now();
  const id = stores.runs.begin({
    job: job.name,
    ...(job.modelId === undefined ? {} : { modelId: job.modelId }),
    ...(job.windowStartMs === undefined ? {} : { windowStartMs: job.windowStartMs }),
    at: startedAt,
    leaseMs: LEASE_MS,
  });
  const facts = { job: job.name, modelId: job.modelId, windowStartMs: job.windowStartMs, runId: id };
  if (id === undefined) {
    deps.logger.info(facts, 'A run of this job is under way already.');
    return undefined;
  }
  const limit = AbortSignal.timeout(job.timeoutMs);
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    if (!renew(deps, id)) lost.abort(lostLease(job));
  }, RENEWED_EVERY_MS);
  try {
    const stops = [limit, lost.signal, ...(signal === undefined ? [] : [signal])];
    const result = await job.work(AbortSignal.any(stops));
    stores.runs.end(id, job.isSkipped?.(result) === true ? 'skipped' : 'ok', clock.now(), job.counts(result));
    return result;
  } catch (thrown) {
    const error = limit.aborted ? timeoutError(job, thrown) : thrown;
    stores.runs.end(id, 'failed', clock.now(), {}, describeThrown(error));
    const isStopped = signal?.aborted === true;
    const told = { ...facts, error: describeThrown(error) };
    if (isStopped) deps.logger.info(told, 'A job was stopped.');
    else deps.logger.error(told, 'A job failed.');
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A locked database is tried again at the next beat: the lease is longer than several. */
function renew({ stores, clock, logger }: RunnerDeps, id: RunId): boolean {
  try {
    return stores.runs.renew(id, clock.now() + LEASE_MS);
  } catch (thrown) {
    logger.warn({ runId: id, error: describeThrown(thrown) }, 'The lease of a run could not be renewed.');
    return true;
  }
}

/** A machine that slept for minutes finds that another process went on. */
function lostLease(job: Pick<Job<unknown>, 'name'>): DriftbellError {
  return new DriftbellError('cancelled', {
    expected: `to go on with job ${job.name}`,
    received: 'the news that another process has taken it over',
    remedy: 'let that one end',
  });
}

function timeoutError(job: Pick<Job<unknown>, 'name' | 'timeoutMs'>, cause: unknown): DriftbellError {
  return new DriftbellError('job.timeout', {
    expected: `job ${job.name} to end within ${Math.round(job.timeoutMs / 1000)} s`,
    received: 'one that had not',
    remedy: 'look at the size of its source, or raise the limit',
    cause,
  });
}

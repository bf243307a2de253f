import { DriftbellError } from '../domain/errors.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { WindowLanding } from '../domain/landing.ts';
import type { Model } from '../domain/model.ts';
import { type Window, windowAt } from '../domain/window.ts';
import type { Progress } from '../ports/progress.ts';
import { CHECK_JOB } from './check-job.ts';
import { type CheckDeps, type CheckOutcome, judgeWindow, type StatisticsCounts } from './check-window.ts';
import { isOutdated, windowsBehind } from './ready-windows.ts';
import { runJob } from './runner.ts';

/** All of a model's history in one scan. */
const BACKFILL_TIMEOUT_MS = 60 * 60_000;

export interface CatchUpOptions {
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

/**
 * Brings a model up to date: one scan for all windows that are to be looked at, then each that can be judged in its turn,
 * oldest first. One that fails keeps no other from being judged; it is tried again at the next turn. Throws the first
 * failure at the end.
 */
export async function catchUp(
  deps: CheckDeps,
  model: Model,
  options: CatchUpOptions = {},
): Promise<readonly CheckOutcome[]> {
  const windows = windowsBehind(deps, model, deps.clock.now());
  if (windows.length === 0) return [];
  const failures: unknown[] = [];
  const filled = await lookAtAll(deps, model, windows, { ...options, failures });
  const due = toJudge(deps, model, filled).map(({ window }) => window);
  return await judgeAll(deps, model, due, { ...options, failures });
}

/** Judges windows whose statistics are there, in time order, all of them whatever fails; throws the first failure. */
export async function judgeWindows(
  deps: CheckDeps,
  model: Model,
  windows: readonly Window[],
  options: CatchUpOptions = {},
): Promise<readonly CheckOutcome[]> {
  return await judgeAll(deps, model, windows, { ...options, failures: [] });
}

async function judgeAll(
  deps: CheckDeps,
  model: Model,
  windows: readonly Window[],
  attempt: Attempt,
): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const window of windows) {
    const outcome = await judgeOrKeepFailure(deps, model, window, attempt);
    if (outcome !== undefined) outcomes.push(outcome);
  }
  const settled = await settle(deps, model, outcomes, attempt);
  if (settled !== undefined) outcomes.push(settled);
  if (attempt.failures.length > 0) throw attempt.failures[0];
  return outcomes;
}

interface Attempt extends CatchUpOptions {
  readonly failures: unknown[];
}

/** Where a damaged part of the source spoils the common scan, at least the newest window is looked at. */
async function lookAtAll(
  deps: CheckDeps,
  model: Model,
  windows: readonly Window[],
  { failures, ...options }: Attempt,
): Promise<readonly WindowLanding[]> {
  try {
    return (await backfillStatistics(deps, model, windows, options))?.landings ?? [];
  } catch (thrown) {
    if (options.signal?.aborted === true || windows.length === 1) throw thrown;
    failures.push(thrown);
    return (await backfillStatistics(deps, model, windows.slice(-1), options))?.landings ?? [];
  }
}

/** A window that is still late, and was judged so, is not judged again before its rows change. */
function toJudge({ stores }: CheckDeps, model: Model, landings: readonly WindowLanding[]): WindowLanding[] {
  const fromMs = landings[0]?.window.startMs ?? 0;
  const checks = stores.runs.done(CHECK_JOB, model.id, fromMs, landings.at(-1)?.window.endMs ?? fromMs);
  return landings.filter((landing) => {
    const judged = checks.get(landing.window.startMs);
    return landing.isJudgeable && (judged === undefined || isOutdated(judged, landing));
  });
}

async function judgeOrKeepFailure(
  deps: CheckDeps,
  model: Model,
  window: Window,
  { failures, signal }: Attempt,
): Promise<CheckOutcome | undefined> {
  throwIfStopped(signal);
  try {
    return await judgeWindow(deps, model, window, signal);
  } catch (thrown) {
    throwIfStopped(signal);
    failures.push(thrown);
    return undefined;
  } finally {
    await letOthersIn(deps);
  }
}

/**
 * Reports follow the newest window alone: when an older one was judged after it, the newest is judged once more, so that
 * the report tells what is known now.
 */
async function settle(
  deps: CheckDeps,
  model: Model,
  outcomes: readonly CheckOutcome[],
  attempt: Attempt,
): Promise<CheckOutcome | undefined> {
  const newestMs = deps.stores.runs.newestDone(CHECK_JOB, model.id);
  const last = outcomes.at(-1);
  if (last === undefined || newestMs === undefined || last.window.startMs >= newestMs) return undefined;
  return await judgeOrKeepFailure(deps, model, windowAt(newestMs, model.zone, model.granularity), attempt);
}

/** Many windows in a row would otherwise keep the process from acknowledging a press within Slack's three seconds. */
export function letOthersIn({ clock }: Pick<CheckDeps, 'clock'>): Promise<void> {
  return clock.sleep(0);
}

/** Statistics of many windows in one scan. */
export function backfillStatistics(
  deps: CheckDeps,
  model: Model,
  windows: readonly Window[],
  options: CatchUpOptions & { readonly lastMs?: EpochMs } = {},
): Promise<StatisticsCounts | undefined> {
  return runJob(
    deps,
    {
      name: 'backfill',
      modelId: model.id,
      timeoutMs: BACKFILL_TIMEOUT_MS,
      work: (signal) => deps.steps.statistics(model, windows, { ...options, signal }),
      counts: ({ ok, skipped, failed }) => ({ ok, skipped, failed: failed.length }),
    },
    options.signal,
  );
}

/** Between two windows: what was done is kept. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new DriftbellError('cancelled', {
    expected: 'to go on with the next window',
    received: 'a request to stop',
    remedy: 'start again: what was done is kept',
    cause: signal.reason,
  });
}

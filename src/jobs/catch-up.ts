import { DriftbellError } from '../domain/errors.ts';
import type { Model } from '../domain/model.ts';
import { type Window, windowsBetween } from '../domain/window.ts';
import type { Progress } from '../ports/progress.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import { type CheckDeps, type CheckOutcome, judgeWindow, type StatisticsCounts } from './check-window.ts';
import { MOST_WINDOWS_BEHIND, newestReadyWindow, windowsBehind } from './ready-windows.ts';
import { runJob } from './runner.ts';

/** All of a model's history in one scan. */
const BACKFILL_TIMEOUT_MS = 60 * 60_000;

export interface CatchUpOptions {
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

/** Brings a model up to date: one scan for all windows it is behind, then each judged in its turn. */
export async function catchUp(
  deps: CheckDeps,
  model: Model,
  options: CatchUpOptions = {},
): Promise<readonly CheckOutcome[]> {
  const windows = windowsBehind(deps, model, deps.clock.now());
  if (windows.length === 0) return [];
  const filled = await backfillStatistics(deps, model, windows, options);
  if (filled === undefined) return [];
  const outcomes: CheckOutcome[] = [];
  for (const window of windows) {
    if (options.signal?.aborted === true) throw stopped(options.signal);
    const outcome = await judgeWindow(deps, model, window, options.signal);
    await letOthersIn(deps);
    if (outcome !== undefined) outcomes.push(outcome);
  }
  return outcomes;
}

/**
 * First look at a model: statistics of all windows of its source that have landed, in one scan, then a forecast for
 * each, so that charts have bands from the first report on. Nothing is reported of the past.
 */
export async function fillHistory(
  deps: CheckDeps,
  model: Model,
  range: TimeRange,
  options: CatchUpOptions = {},
): Promise<number> {
  const endMs = Math.min(range.lastMs + 1, newestReadyWindow(model, deps.clock.now()).endMs);
  const all = windowsBetween(range.firstMs, endMs, model.zone, model.granularity);
  const windows = all.slice(-MOST_WINDOWS_BEHIND[model.granularity]);
  const filled = await backfillStatistics(deps, model, windows, options);
  if (filled === undefined) return 0;
  for (const window of windows) {
    if (options.signal?.aborted === true) throw stopped(options.signal);
    await deps.steps.detection(model, window, options.signal);
    await letOthersIn(deps);
  }
  return windows.length;
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
  options: CatchUpOptions = {},
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

function stopped(signal: AbortSignal): DriftbellError {
  return new DriftbellError('cancelled', {
    expected: 'to go on with the next window',
    received: 'a request to stop',
    remedy: 'start again: what was done is kept',
    cause: signal.reason,
  });
}

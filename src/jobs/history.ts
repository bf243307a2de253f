import { DriftbellError } from '../domain/errors.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { type Window, windowsBetween } from '../domain/window.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';
import { backfillStatistics, type CatchUpOptions, letOthersIn, throwIfStopped } from './catch-up.ts';
import type { CheckDeps } from './check-window.ts';
import { MOST_WINDOWS_BEHIND, newestReadyWindow, oldestKept } from './ready-windows.ts';

/** As many windows as a history has: a source without a row in them has ended. */
const MOST_QUIET_WINDOWS = 28;

export interface HistoryCounts {
  /** Windows whose statistics were computed. */
  readonly computed: number;
  /** Windows that are waiting or late. */
  readonly skipped: number;
  /** Windows with a forecast for each of their series. */
  readonly forecast: number;
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
  const windows = historyWindows(deps, model, range);
  const counts = await computeHistory(deps, model, windows, { ...options, lastMs: range.lastMs });
  return counts?.forecast ?? 0;
}

/**
 * Statistics of the windows that have none, in one scan, then a forecast for each window, in time order. What is done
 * when it is stopped stays, and the next run goes on from there: both together give what one run gives. Undefined while
 * another one is under way.
 */
export async function computeHistory(
  deps: CheckDeps,
  model: Model,
  windows: readonly Window[],
  options: CatchUpOptions & { readonly lastMs?: EpochMs; readonly again?: boolean } = {},
): Promise<HistoryCounts | undefined> {
  const { again = false, ...rest } = options;
  const known = again ? new Set<EpochMs>() : landedStarts(deps, model, windows);
  const missing = windows.filter(({ startMs }) => !known.has(startMs));
  const filled = missing.length === 0 ? NOTHING : await backfillStatistics(deps, model, missing, rest);
  if (filled === undefined) return undefined;
  for (const { window, isJudgeable } of filled.landings) if (isJudgeable) known.add(window.startMs);
  const landed = windows.filter(({ startMs }) => known.has(startMs));
  for (const [place, window] of landed.entries()) {
    throwIfStopped(options.signal);
    await deps.steps.detection(model, window, options.signal);
    options.progress?.(place + 1, landed.length, `forecasting ${window.key}`);
    await letOthersIn(deps);
  }
  return { computed: filled.ok, skipped: filled.skipped, forecast: landed.length };
}

const NOTHING = { ok: 0, skipped: 0, landings: [] } as const;

/**
 * The windows of a source that may have landed: of a span, or the newest where there are too many. The end of a live
 * source may have windows without rows, such as a weekend; one that has ended has no more.
 */
export function historyWindows(
  deps: CheckDeps,
  model: Model,
  range: TimeRange,
  span: { readonly fromMs?: EpochMs; readonly toMs?: EpochMs } = {},
): Window[] {
  const { zone, granularity } = model;
  const now = deps.clock.now();
  const newest = newestReadyWindow(model, now);
  const unknown = windowsBetween(range.lastMs + 1, newest.endMs, zone, granularity).length;
  const endMs = unknown > MOST_QUIET_WINDOWS ? Math.min(range.lastMs + 1, newest.endMs) : newest.endMs;
  const fromMs = Math.max(range.firstMs, span.fromMs ?? Number.NEGATIVE_INFINITY);
  const all = windowsBetween(fromMs, Math.min(endMs, span.toMs ?? endMs), zone, granularity);
  const kept = all.filter(({ startMs }) => startMs >= oldestKept(deps, now));
  return span.fromMs === undefined ? kept.slice(-MOST_WINDOWS_BEHIND[granularity]) : kept;
}

/** Windows that are stored and not late. */
function landedStarts({ stores }: CheckDeps, model: Model, windows: readonly Window[]): Set<EpochMs> {
  const fromMs = windows[0]?.startMs ?? 0;
  const late = stores.looks.between(model.id, fromMs, windows.at(-1)?.endMs ?? fromMs, ['late']);
  const starts = new Set(stores.statistics.windowStarts(model.id));
  for (const { window } of late) starts.delete(window.startMs);
  return starts;
}

/** What a person is told who asks for a second one. */
export function underWay(model: Model): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'one scan of a model’s source at a time',
    received: `a second one of ${model.slug}`,
    remedy: 'wait for the first to end; if it was killed, for two minutes',
  });
}

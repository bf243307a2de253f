import { DriftbellError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import type { EpochMs, ReportId } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { shiftWindow, type Window, windowAt, windowsBetween } from '../domain/window.ts';
import type { Progress } from '../ports/progress.ts';
import type { Stores } from '../ports/stores.ts';
import { type RunnerDeps, runJob } from './runner.ts';

export interface StatisticsCounts {
  /** Windows stored. */
  readonly ok: number;
  /** Windows that have not landed yet. */
  readonly skipped: number;
  /** Columns that could not be read; their other columns are stored. */
  readonly failed: readonly string[];
}

/** The steps in the paper's order, given by the composition root. */
export interface CheckSteps {
  readonly statistics: (
    model: Model,
    windows: readonly Window[],
    options: { readonly signal?: AbortSignal; readonly progress?: Progress },
  ) => Promise<StatisticsCounts>;
  readonly detection: (
    model: Model,
    window: Window,
    signal?: AbortSignal,
  ) => Promise<{ readonly judged: number; readonly anomalies: number }>;
  readonly postprocessing: (
    model: Model,
    window: Window,
  ) => { readonly findings: readonly Finding[]; readonly isFiring: boolean };
  readonly alerting: (
    model: Model,
    window: Window,
    findings: readonly Finding[],
    isFiring: boolean,
  ) => { readonly step: string; readonly report?: { readonly id: ReportId } };
}

export interface CheckDeps extends RunnerDeps {
  readonly stores: Pick<Stores, 'runs' | 'statistics'>;
  readonly steps: CheckSteps;
}

export interface CheckOutcome {
  readonly window: Window;
  readonly unreadColumns: number;
  readonly judgedSeries: number;
  readonly anomalies: number;
  readonly step: string;
  readonly reportId?: ReportId;
}

export const CHECK_JOB = 'check';
/** One window of one model: minutes even for wide tables. */
const CHECK_TIMEOUT_MS = 15 * 60_000;
/** All of a model's history in one scan. */
const BACKFILL_TIMEOUT_MS = 60 * 60_000;
/** Windows that a model may be behind before the oldest are skipped: a year of days. */
const MOST_WINDOWS_BEHIND = 400;
const MINUTE_MS = 60_000;

/** Statistics and judgement of one window. Undefined when the same check is under way elsewhere. */
export function checkWindow(
  deps: CheckDeps,
  model: Model,
  window: Window,
  signal?: AbortSignal,
): Promise<CheckOutcome | undefined> {
  return runJob(
    deps,
    {
      name: CHECK_JOB,
      modelId: model.id,
      windowStartMs: window.startMs,
      timeoutMs: CHECK_TIMEOUT_MS,
      work: async (stop) => {
        const { ok, failed } = await deps.steps.statistics(model, [window], { signal: stop });
        if (ok === 0) return { window, unreadColumns: 0, judgedSeries: 0, anomalies: 0, step: 'not landed' };
        return { ...(await judge(deps, model, window, stop)), unreadColumns: failed.length };
      },
      counts: countsOf,
    },
    signal,
  );
}

/** Judgement of one window whose statistics are there. */
export function judgeWindow(
  deps: CheckDeps,
  model: Model,
  window: Window,
  signal?: AbortSignal,
): Promise<CheckOutcome | undefined> {
  return runJob(
    deps,
    {
      name: CHECK_JOB,
      modelId: model.id,
      windowStartMs: window.startMs,
      timeoutMs: CHECK_TIMEOUT_MS,
      work: (stop) => judge(deps, model, window, stop),
      counts: countsOf,
    },
    signal,
  );
}

/** Statistics of many windows in one scan. */
export function backfillStatistics(
  deps: CheckDeps,
  model: Model,
  windows: readonly Window[],
  options: { readonly signal?: AbortSignal; readonly progress?: Progress } = {},
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

/** Windows of a model that have landed and were not judged yet, oldest first. */
export function windowsBehind(deps: Pick<CheckDeps, 'stores'>, model: Model, now: EpochMs): Window[] {
  const newest = newestReadyWindow(model, now);
  const done = deps.stores.runs.newestDone(CHECK_JOB, model.id);
  const from =
    done === undefined
      ? newest
      : shiftWindow(windowAt(done, model.zone, model.granularity), 1, model.zone, model.granularity);
  return windowsBetween(from.startMs, newest.endMs, model.zone, model.granularity).slice(-MOST_WINDOWS_BEHIND);
}

/** The newest window whose end and lateness have passed. */
export function newestReadyWindow(model: Model, now: EpochMs): Window {
  const landed = windowAt(now - model.latenessMinutes * MINUTE_MS, model.zone, model.granularity);
  return shiftWindow(landed, -1, model.zone, model.granularity);
}

/**
 * First look at a model: statistics of its whole history in one scan, then a forecast for each past window, so that
 * charts have bands from the first report on. Nothing is reported of the past.
 */
export async function backfillModel(
  deps: CheckDeps,
  model: Model,
  windows: readonly Window[],
  options: { readonly signal?: AbortSignal; readonly progress?: Progress } = {},
): Promise<void> {
  const known = windows.slice(-MOST_WINDOWS_BEHIND);
  const filled = await backfillStatistics(deps, model, known, options);
  if (filled === undefined) return;
  for (const window of known) {
    if (options.signal?.aborted === true) throw stopped(options.signal);
    await deps.steps.detection(model, window, options.signal);
  }
}

/** Brings a model up to date: one scan for all windows it is behind, then each judged in its turn. */
export async function catchUp(deps: CheckDeps, model: Model, signal?: AbortSignal): Promise<readonly CheckOutcome[]> {
  const windows = windowsBehind(deps, model, deps.clock.now());
  if (windows.length === 0) return [];
  const filled = await backfillStatistics(deps, model, windows, signal === undefined ? {} : { signal });
  if (filled === undefined) return [];
  const outcomes: CheckOutcome[] = [];
  for (const window of windows) {
    if (signal?.aborted === true) throw stopped(signal);
    const outcome = await judgeWindow(deps, model, window, signal);
    if (outcome !== undefined) outcomes.push(outcome);
  }
  return outcomes;
}

async function judge(deps: CheckDeps, model: Model, window: Window, signal: AbortSignal): Promise<CheckOutcome> {
  const { judged, anomalies } = await deps.steps.detection(model, window, signal);
  const { findings, isFiring } = deps.steps.postprocessing(model, window);
  const { step, report } = deps.steps.alerting(model, window, findings, isFiring);
  return {
    window,
    unreadColumns: 0,
    judgedSeries: judged,
    anomalies,
    step,
    ...(report === undefined ? {} : { reportId: report.id }),
  };
}

function countsOf({ unreadColumns, judgedSeries, anomalies }: CheckOutcome): Record<string, number> {
  return { unreadColumns, judgedSeries, anomalies };
}

function stopped(signal: AbortSignal): DriftbellError {
  return new DriftbellError('cancelled', {
    expected: 'to go on with the next window',
    received: 'a request to stop',
    remedy: 'start again: what was done is kept',
    cause: signal.reason,
  });
}

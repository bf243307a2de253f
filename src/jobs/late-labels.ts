import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Window } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { type CatchUpOptions, catchUp, judgeWindows } from './catch-up.ts';
import type { CheckDeps } from './check-window.ts';
import { newestReadyWindow, windowsUpTo } from './ready-windows.ts';
import { runJob } from './runner.ts';

/** Name of the job that looks for labels that came late, in the table of runs. */
export const LATE_LABELS_JOB = 'late labels';

/** How far back labels are looked for: a month of outcomes that are known within weeks, such as a late payment. */
const LABEL_DAYS = 30;
/** A pass reads time, score and label of all those days: once a day, a little less so that an hourly turn never slips. */
const BETWEEN_PASSES_MS = 23 * 3_600_000;
const LATE_LABELS_TIMEOUT_MS = 60 * 60_000;
const DAY_MS = 86_400_000;

/** What a model's turn of the schedule does. */
export async function takeTurn(deps: CheckDeps, model: Model, options: CatchUpOptions = {}): Promise<void> {
  await catchUp(deps, model, options);
  await refreshLabels(deps, model, options);
}

/**
 * Once a day, for a model with labels: finds the windows of the last weeks that late labels touch, computes them again, and
 * judges again those whose observed statistics are watched. The windows that were touched.
 */
export async function refreshLabels(
  deps: CheckDeps,
  model: Model,
  options: CatchUpOptions = {},
): Promise<readonly Window[]> {
  const now = deps.clock.now();
  if (!isLabelPassDue(deps.stores, model, now)) return [];
  const newest = newestReadyWindow(model, now);
  const windows = windowsUpTo(deps, model, newest.endMs - LABEL_DAYS * DAY_MS, now);
  const report = await runJob(
    deps,
    {
      name: LATE_LABELS_JOB,
      modelId: model.id,
      timeoutMs: LATE_LABELS_TIMEOUT_MS,
      work: (signal) => deps.steps.lateLabels(model, windows, { signal }),
      counts: ({ ok, skipped, failed }) => ({ looked: windows.length, touched: ok, skipped, failed: failed.length }),
    },
    options.signal,
  );
  if (report === undefined) return [];
  const touched = report.landings.filter(({ isJudgeable }) => isJudgeable).map(({ window }) => window);
  await judgeWindows(
    deps,
    model,
    touched.filter((window) => deps.steps.watchesLabels(model, window)),
    options,
  );
  return touched;
}

function isLabelPassDue({ runs }: Pick<Stores, 'runs'>, model: Model, now: EpochMs): boolean {
  if (model.labelColumn === undefined) return false;
  const last = runs.latest(LATE_LABELS_JOB, model.id);
  return last?.outcome !== 'ok' || now - last.startedAt >= BETWEEN_PASSES_MS;
}

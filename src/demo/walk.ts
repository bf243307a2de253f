import type { Model } from '../domain/model.ts';
import { type Window, windowsBetween } from '../domain/window.ts';
import { backfillStatistics, type CheckOutcome, judgeWindow, letOthersIn } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import type { Progress } from '../ports/progress.ts';

/** All windows of the flights: 1 January to 30 June 2001. */
export function flightWindows(model: Model, untilDay = '2001-07-01'): Window[] {
  return windowsBetween(Date.UTC(2001, 0, 1), Date.parse(untilDay), model.zone, model.granularity);
}

export interface WalkOptions {
  readonly windows: readonly Window[];
  /** Called after every judged window, before the next. */
  readonly afterWindow: (outcome: CheckOutcome) => Promise<void>;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/**
 * Statistics of all windows in one scan, then each window judged in its turn, as on the morning after it: nothing
 * later than a window is looked at when it is judged.
 */
export async function walkWindows(core: Core, model: Model, options: WalkOptions): Promise<void> {
  const { windows, signal, progress } = options;
  await backfillStatistics(core.checks, model, windows, { signal, progress });
  for (const [index, window] of windows.entries()) {
    signal.throwIfAborted();
    const outcome = await judgeWindow(core.checks, model, window, signal);
    if (outcome !== undefined) await options.afterWindow(outcome);
    await letOthersIn(core);
    progress(index + 1, windows.length, `judging ${window.key}`);
  }
}

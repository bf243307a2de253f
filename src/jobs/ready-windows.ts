import type { EpochMs } from '../domain/identifiers.ts';
import type { Granularity, Model } from '../domain/model.ts';
import { shiftWindow, type Window, windowAt, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { CHECK_JOB } from './check-job.ts';

/**
 * Windows that are looked back at: a year of days; two months of hours, since an hour is judged by the same hour of the
 * 28 days before it.
 */
export const MOST_WINDOWS_BEHIND: Readonly<Record<Granularity, number>> = { day: 400, hour: 1_440 };
const MINUTE_MS = 60_000;

/** The newest window whose end and lateness have passed. */
export function newestReadyWindow(model: Model, now: EpochMs): Window {
  const landed = windowAt(now - model.latenessMinutes * MINUTE_MS, model.zone, model.granularity);
  return shiftWindow(landed, -1, model.zone, model.granularity);
}

/** Windows of a model that have landed and were not judged yet, oldest first. */
export function windowsBehind(
  { stores }: { readonly stores: Pick<Stores, 'runs'> },
  model: Model,
  now: EpochMs,
): Window[] {
  const newest = newestReadyWindow(model, now);
  const done = stores.runs.newestDone(CHECK_JOB, model.id);
  const from =
    done === undefined
      ? newest
      : shiftWindow(windowAt(done, model.zone, model.granularity), 1, model.zone, model.granularity);
  return windowsBetween(from.startMs, newest.endMs, model.zone, model.granularity).slice(
    -MOST_WINDOWS_BEHIND[model.granularity],
  );
}

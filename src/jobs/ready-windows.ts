import type { EpochMs } from '../domain/identifiers.ts';
import type { WindowLanding, WindowLook } from '../domain/landing.ts';
import type { Granularity, Model } from '../domain/model.ts';
import { shiftWindow, type Window, windowAt, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { CHECK_JOB } from './check-job.ts';

/**
 * Windows that are looked back at: a year of days; two months of hours, since an hour is judged by the same hour of the
 * 28 days before it.
 */
export const MOST_WINDOWS_BEHIND: Readonly<Record<Granularity, number>> = { day: 400, hour: 1_440 };
/** How long rows are waited for: a source that is two weeks behind is not late, it has stopped. */
const LOOKED_FOR_MS = 14 * 86_400_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface ReadyWindowsDeps {
  readonly stores: Pick<Stores, 'runs' | 'looks'>;
  /** What is older is not in the database any more; absent: all is. */
  readonly retentionDays?: number;
}

/** The newest window whose end and lateness have passed. */
export function newestReadyWindow(model: Model, now: EpochMs): Window {
  const landed = windowAt(now - model.latenessMinutes * MINUTE_MS, model.zone, model.granularity);
  return shiftWindow(landed, -1, model.zone, model.granularity);
}

/**
 * Windows that are to be looked at, oldest first: all since the model was registered that have no finished check, those
 * that are late or missing, for rows can still come, and those whose rows have changed since they were judged.
 */
export function windowsBehind(deps: ReadyWindowsDeps, model: Model, now: EpochMs): Window[] {
  const { runs, looks } = deps.stores;
  const watched = watchedWindows(deps, model, now);
  const fromMs = watched[0]?.startMs ?? now;
  const toMs = watched.at(-1)?.endMs ?? now;
  const checks = runs.done(CHECK_JOB, model.id, fromMs, toMs);
  const seen = new Map(looks.between(model.id, fromMs, toMs).map((look) => [look.window.startMs, look]));
  return watched.filter((window) => {
    const look = seen.get(window.startMs);
    const judged = checks.get(window.startMs);
    if (judged === undefined && look?.state !== 'late') return true;
    const isWithoutRows = look?.state === 'late' || look?.state === 'missing';
    if (isWithoutRows && now < window.endMs + model.latenessMinutes * MINUTE_MS + LOOKED_FOR_MS) return true;
    return judged !== undefined && isOutdated(judged, look);
  });
}

/** What a check counts of the window, so that it is known later what was judged. */
export function countsOfLanding(landing: WindowLook | WindowLanding | undefined): Readonly<Record<string, number>> {
  if (landing === undefined || landing.rows === null) return {};
  return { rows: landing.rows, late: landing.state === 'late' ? 1 : 0 };
}

/** True when the rows of a window are not those any more that were judged. Earlier versions did not count them. */
export function isOutdated(
  judged: Readonly<Record<string, number>>,
  look: WindowLook | WindowLanding | undefined,
): boolean {
  if (judged.rows === undefined || look === undefined) return false;
  const now = countsOfLanding(look);
  return judged.rows !== now.rows || judged.late !== now.late;
}

/** From the first window that was ready when the model was registered: what lies before is its history. */
function watchedWindows(deps: ReadyWindowsDeps, model: Model, now: EpochMs): Window[] {
  return windowsUpTo(deps, model, newestReadyWindow(model, model.registeredAt).startMs, now);
}

/** Windows from an instant to the newest that is ready; no more than are looked back at, and none that is not kept. */
export function windowsUpTo(deps: ReadyWindowsDeps, model: Model, fromMs: EpochMs, now: EpochMs): Window[] {
  const { zone, granularity } = model;
  const newest = newestReadyWindow(model, now);
  const most = shiftWindow(newest, 1 - MOST_WINDOWS_BEHIND[granularity], zone, granularity);
  const windows = windowsBetween(Math.max(fromMs, most.startMs), newest.endMs, zone, granularity);
  return windows.filter(({ startMs }) => startMs >= oldestKept(deps, now));
}

/** Windows that begin before are removed from the database. */
export function oldestKept({ retentionDays = 0 }: Pick<ReadyWindowsDeps, 'retentionDays'>, now: EpochMs): EpochMs {
  return retentionDays === 0 ? Number.NEGATIVE_INFINITY : now - retentionDays * DAY_MS;
}

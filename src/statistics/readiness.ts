import type { EpochMs } from '../domain/identifiers.ts';
import type { Window } from '../domain/window.ts';

const MS_PER_MINUTE = 60_000;
/** An hour is not called overdue before a job that failed once has had its second chance. */
const SHORTEST_GRACE_MS = 2 * 60 * MS_PER_MINUTE;

/** When the end of a window and the lateness of its source have passed. */
export function dueMs(window: Window, latenessMinutes: number): EpochMs {
  return window.endMs + latenessMinutes * MS_PER_MINUTE;
}

/** Only then is there anything to look at. */
export function isReady(window: Window, latenessMinutes: number, nowMs: EpochMs): boolean {
  return nowMs >= dueMs(window, latenessMinutes);
}

/** One more window, at least two hours, after it was due: whatever is there is judged, nobody waits any longer. */
export function isOverdue(window: Window, latenessMinutes: number, nowMs: EpochMs): boolean {
  const grace = Math.max(SHORTEST_GRACE_MS, window.endMs - window.startMs);
  return nowMs >= dueMs(window, latenessMinutes) + grace;
}

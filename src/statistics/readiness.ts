import type { EpochMs } from '../domain/identifiers.ts';
import type { Window } from '../domain/window.ts';

const MS_PER_MINUTE = 60_000;

/** A window has landed when its end and the source's lateness have passed. */
export function isReady(window: Window, latenessMinutes: number, nowMs: EpochMs): boolean {
  return nowMs >= window.endMs + latenessMinutes * MS_PER_MINUTE;
}

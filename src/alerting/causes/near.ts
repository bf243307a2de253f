import type { Window } from '../../domain/window.ts';

/** Within one window: the same one, or its neighbour. */
export function isNear(a: Window, b: Window): boolean {
  return a.startMs <= b.startMs ? b.startMs <= a.endMs : a.startMs <= b.endMs;
}

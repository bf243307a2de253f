import type { Window } from '../domain/window.ts';

/** One object per window however many rows are of it: a read of a million points would keep a million otherwise. */
export function createWindowPool(): (key: string, startMs: number, endMs: number) => Window {
  const pool = new Map<number, Window>();
  return (key, startMs, endMs) => {
    const known = pool.get(startMs);
    if (known !== undefined && known.endMs === endMs && known.key === key) return known;
    const window: Window = { key, startMs, endMs };
    pool.set(startMs, window);
    return window;
  };
}

/**
 * The model traffic ratio: how much of the traffic of its group goes to a model.
 *
 * ratio = rows of the model in a window / rows of all models of its group in the same span of time, in [0, 1].
 * Windows of the models may differ: rows of another model count when windows of it fill the span exactly, such as 24
 * hours a day. Rows are never divided among parts of a window, as nobody knows how they lie in it.
 * Source: AlerTiger sections 3.1 (metadata) and 3.3 (filter).
 * Edge cases: before its first window a model is not there and counts as 0. While a window of another is missing, or where
 * windows only overlap (days of different zones), or without a row in the whole group, there is no value: null.
 */

import type { EpochMs } from './identifiers.ts';
import type { Window } from './window.ts';

/** What is known of the traffic of one model. */
export interface KnownTraffic {
  /** Start of its first window; absent while nothing is known. */
  readonly sinceMs: EpochMs | undefined;
  /** Its windows by their start. */
  readonly windows: ReadonlyMap<EpochMs, { readonly endMs: EpochMs; readonly rows: number }>;
}

/** `rows` are the model's own in the window; `others` are all models of its group but itself. */
export function trafficRatio(window: Window, rows: number, others: readonly KnownTraffic[]): number | null {
  let total = rows;
  for (const other of others) {
    const theirs = rowsWithin(window, other);
    if (theirs === null) return null;
    total += theirs;
  }
  return total === 0 ? null : rows / total;
}

function rowsWithin(span: Window, { sinceMs, windows }: KnownTraffic): number | null {
  if (sinceMs === undefined) return null;
  let rows = 0;
  for (let at = Math.max(span.startMs, sinceMs); at < span.endMs; ) {
    const window = windows.get(at);
    if (window === undefined || window.endMs > span.endMs) return null;
    rows += window.rows;
    at = window.endMs;
  }
  return rows;
}

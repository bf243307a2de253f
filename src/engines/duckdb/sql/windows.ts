import type { Window } from '../../../domain/window.ts';

/**
 * Rows find their window in two steps: the hour since the first window's start picks the one to three windows that
 * touch it (a hash join), then the exact bounds decide. Days of 23 or 25 hours and odd offsets need no special case.
 */
const SLOT_US = 3_600_000_000;
const US_PER_MS = 1000;

export const SLOTS_TABLE = 'window_slots';

/**
 * Fills the table that maps hours to windows; `w` is the position of the window in the list, or 0 for all when they are
 * to be taken together.
 */
export function slotsSql(windows: readonly Window[], options: { readonly together?: boolean } = {}): string {
  const base = baseUs(windows);
  const rows = windows.map(
    (window, index) =>
      `(${options.together === true ? 0 : index}, ${microseconds(window.startMs)}, ${microseconds(window.endMs)})`,
  );
  return [
    `CREATE OR REPLACE TEMP TABLE ${SLOTS_TABLE} AS`,
    'SELECT w, from_us, to_us,',
    `unnest(range((from_us - ${base}) // ${SLOT_US}, (to_us - 1 - ${base}) // ${SLOT_US} + 1)) AS slot`,
    `FROM (VALUES ${rows.join(', ')}) AS bounds(w, from_us, to_us)`,
  ].join('\n');
}

/** The join that gives every row of `scan` (with its instant `at_us`) its window. */
export function slotsJoin(windows: readonly Window[]): string {
  return [
    `JOIN ${SLOTS_TABLE} AS slots`,
    `ON (scan.at_us - ${baseUs(windows)}) // ${SLOT_US} = slots.slot`,
    'AND scan.at_us >= slots.from_us AND scan.at_us < slots.to_us',
  ].join('\n');
}

/** The span of the windows on the instants of `scan`. */
export function spanCondition(windows: readonly Window[]): string {
  const { fromUs, toUs } = spanOf(windows);
  return `scan.at_us >= ${fromUs} AND scan.at_us < ${toUs}`;
}

export function spanOf(windows: readonly Window[]): { fromUs: number; toUs: number } {
  const fromUs = baseUs(windows);
  return { fromUs, toUs: windows.reduce((latest, window) => Math.max(latest, microseconds(window.endMs)), fromUs) };
}

function baseUs(windows: readonly Window[]): number {
  return windows.reduce((first, window) => Math.min(first, microseconds(window.startMs)), Number.POSITIVE_INFINITY);
}

function microseconds(milliseconds: number): number {
  return milliseconds * US_PER_MS;
}

import type { EpochMs } from '../domain/identifiers.ts';
import type { Landing } from '../domain/landing.ts';
import type { Window } from '../domain/window.ts';
import type { ExpectedRows } from './expected-rows.ts';
import { isReady } from './readiness.ts';

/** Between two looks at the same number of rows after which nothing more is expected to come. */
const STABLE_AFTER_MS = 10 * 60_000;

/** What is known of a window when somebody looks. */
export interface Look {
  readonly nowMs: EpochMs;
  readonly latenessMinutes: number;
  readonly rows: number;
  /** The newest instant in the source; null when it has no rows at all. */
  readonly lastMs: EpochMs | null;
  readonly expected?: ExpectedRows | undefined;
  readonly before?: { readonly atMs: EpochMs; readonly rows: number } | undefined;
}

/** Whether a window can be judged, and if not, why. Late, missing and no rows are three facts, never one. */
export function landingOf(window: Window, look: Look): Landing {
  const { rows, expected } = look;
  if (!isReady(window, look.latenessMinutes, look.nowMs)) {
    return { state: 'waiting', text: `${window.key} has not ended, or its rows may still come` };
  }
  if (rows === 0) return withoutRows(window, look);
  if (expected === undefined || rows >= expected.fewest) {
    return { state: 'landed', text: `${window.key} has ${rows} rows` };
  }
  const usual = `${rows} of about ${Math.round(expected.median)} rows`;
  return isStable(look)
    ? { state: 'landed', text: `${window.key} has ${usual}, and no more are coming` }
    : { state: 'late', text: `${window.key} has ${usual} so far` };
}

function withoutRows(window: Window, { lastMs, expected }: Look): Landing {
  if (expected?.median === 0) {
    return { state: 'zero_rows', text: `${window.key} has no rows, as is usual at that time` };
  }
  return lastMs !== null && lastMs >= window.endMs
    ? { state: 'missing', text: `${window.key} has no rows, though there are rows after it` }
    : { state: 'late', text: `${window.key} has no rows yet, and there are none after it` };
}

function isStable({ before, rows, nowMs }: Look): boolean {
  return before !== undefined && before.rows === rows && nowMs - before.atMs >= STABLE_AFTER_MS;
}

import { counted } from '../domain/counted.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Landing } from '../domain/landing.ts';
import type { Window } from '../domain/window.ts';
import type { ExpectedRows } from './expected-rows.ts';
import { dueMs, isOverdue, isReady } from './readiness.ts';

/** Between two looks at the same number of rows after which nothing more is expected to come. */
const STABLE_AFTER_MS = 10 * 60_000;

/** What is known of a window when somebody looks. */
export interface Look {
  readonly nowMs: EpochMs;
  readonly latenessMinutes: number;
  readonly rows: number;
  /** The newest instant in the source; null when it has no rows at all. Asked for by `needsLast` only. */
  readonly lastMs: EpochMs | null;
  readonly expected?: ExpectedRows | undefined;
  /** The look before this one. */
  readonly before?: { readonly rows: number; readonly sameSinceMs: EpochMs } | undefined;
  readonly formatInstant: (instantMs: EpochMs) => string;
}

/** True when only the newest instant of the source tells a window that is late from one that is missing. */
export function needsLast({ rows, expected }: Pick<Look, 'rows' | 'expected'>): boolean {
  return rows === 0 && expected?.median !== 0;
}

/**
 * Whether the rows of a window are there, and if not, why: late, missing and no rows are three facts, never one. A window
 * that is overdue when it is seen for the first time, such as one of a model's history, is as complete as it will be.
 */
export function landingOf(window: Window, look: Look): Landing {
  const { rows, expected, nowMs, latenessMinutes } = look;
  if (!isReady(window, latenessMinutes, nowMs)) return waitingLanding(window, look);
  if (rows === 0) return withoutRows(window, look);
  if (expected === undefined || rows >= expected.fewest) return { state: 'landed', text: counted(rows, 'row') };
  const usual = `${rows.toLocaleString('en-US')} of about ${counted(Math.round(expected.median), 'row')}`;
  const isHistory = look.before === undefined && isOverdue(window, latenessMinutes, nowMs);
  return isHistory || isStable(look)
    ? { state: 'landed', text: `${usual}, and no more are coming` }
    : { state: 'late', text: `${usual} so far` };
}

/** What is said of a window whose time has not come; nobody looks at its rows. */
export function waitingLanding(window: Window, look: Pick<Look, 'latenessMinutes' | 'formatInstant'>): Landing {
  return { state: 'waiting', text: `rows may come until ${look.formatInstant(dueMs(window, look.latenessMinutes))}` };
}

function withoutRows(window: Window, { lastMs, expected, formatInstant }: Look): Landing {
  if (expected?.median === 0) return { state: 'zero_rows', text: 'no rows, as is usual at that time' };
  if (lastMs === null) return { state: 'late', text: 'the source has no rows at all' };
  return lastMs >= window.endMs
    ? { state: 'missing', text: 'no rows, though there are rows after it' }
    : { state: 'late', text: `nothing since ${formatInstant(lastMs)}` };
}

function isStable({ before, rows, nowMs }: Look): boolean {
  return before !== undefined && before.rows === rows && nowMs - before.sameSinceMs >= STABLE_AFTER_MS;
}

import { DriftbellError } from '../domain/errors.ts';
import type { Granularity } from '../domain/model.ts';
import { parseInstant, type Window, windowAt, windowsBetween } from '../domain/window.ts';
import type { TimeRange } from '../ports/statistics-engine.ts';

/** What a person named with --from and --to. */
export interface TimeSpan {
  readonly fromMs?: number;
  /** The first instant that is left out. */
  readonly toMs?: number;
}

/** Throws `usage.invalid` for what is no time, and for an end that is not after the beginning. */
export function requestedSpan(options: { readonly from?: string; readonly to?: string }, zone: string): TimeSpan {
  const span = {
    ...(options.from === undefined ? {} : { fromMs: parseInstant(options.from, zone) }),
    ...(options.to === undefined ? {} : { toMs: parseInstant(options.to, zone) }),
  };
  if (span.fromMs !== undefined && span.toMs !== undefined && span.fromMs >= span.toMs) {
    throw new DriftbellError('usage.invalid', {
      expected: '--from earlier than --to, which is the first time left out',
      received: `--from ${options.from} --to ${options.to}`,
      remedy: 'give a later --to',
    });
  }
  return span;
}

/** More windows than this come from a stray time value such as 1970, not from a person's wish. */
const MOST_WINDOWS = 100_000;

/** The windows of a span, from the first row to the last where it does not say. Throws `usage.invalid` for far too many. */
export function requestedWindows(
  of: { readonly zone: string; readonly granularity: Granularity },
  range: TimeRange,
  span: TimeSpan,
): Window[] {
  const from = span.fromMs ?? range.firstMs;
  const asked = span.toMs ?? range.lastMs + 1;
  const to = range.future === undefined ? asked : Math.min(asked, range.future.afterMs + 1);
  const windowMs = of.granularity === 'day' ? 86_400_000 : 3_600_000;
  if ((to - from) / windowMs > MOST_WINDOWS) {
    throw new DriftbellError('usage.invalid', {
      expected: `at most ${MOST_WINDOWS} windows`,
      received: `${Math.ceil((to - from) / windowMs)}, from ${isoTime(from)} to ${isoTime(to)}`,
      remedy: 'narrow them with --from and --to',
    });
  }
  return windowsBetween(from, to, of.zone, of.granularity);
}

/** Where a span has no windows: which ones there are. */
export function noWindows(of: { readonly zone: string; readonly granularity: Granularity }, range: TimeRange): string {
  const [first, last] = [range.firstMs, range.lastMs].map((ms) => windowAt(ms, of.zone, of.granularity).key);
  return `No windows between --from and --to: those of the source are from ${first} to ${last}.`;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

import { Temporal } from 'temporal-polyfill';

/** Numbers below this are seconds since 1970 (until the year 5138), from it on milliseconds (since 1973). */
const FIRST_MILLISECONDS = 1e11;
const MS_PER_SECOND = 1_000;
const DATE_LENGTH = 10;

export interface SeriesTime {
  readonly instantMs: number;
  /** The instant as if the clock time that is written were UTC: tells the day that the writer meant. */
  readonly wallClockMs: number;
}

/**
 * A time in any usual spelling: `2026-03-01`, `2026-03-01T05:00`, `2026-03-01 05:00:00`, either with an offset or `Z`,
 * or seconds or milliseconds since 1970. Times without an offset are UTC. Undefined for anything else.
 */
export function parseSeriesTime(text: string): SeriesTime | undefined {
  const trimmed = text.trim();
  if (/^\d{9,}(\.\d+)?$/.test(trimmed)) {
    const number = Number(trimmed);
    const instantMs = Math.round(number < FIRST_MILLISECONDS ? number * MS_PER_SECOND : number);
    return { instantMs, wallClockMs: instantMs };
  }
  if (!/^\d{4}-\d{2}-\d{2}([T ]|$)/.test(trimmed)) return undefined;
  try {
    const iso = trimmed.replace(' UTC', 'Z').replace(' ', 'T');
    const offset = /([Zz]|[+-]\d{2}(:?\d{2})?)$/.exec(iso.slice(DATE_LENGTH))?.[0];
    const wallClock = Temporal.PlainDateTime.from(offset === undefined ? iso : iso.slice(0, -offset.length), {
      overflow: 'reject',
    });
    const wallClockMs = wallClock.toZonedDateTime('UTC').epochMilliseconds;
    return {
      instantMs: offset === undefined ? wallClockMs : Temporal.Instant.from(iso).epochMilliseconds,
      wallClockMs,
    };
  } catch {
    return undefined;
  }
}

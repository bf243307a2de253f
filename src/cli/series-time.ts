import { Temporal } from 'temporal-polyfill';
import { epochMsOf } from '../domain/epoch-unit.ts';
import { isZone } from '../domain/window.ts';

/** `2026-03-01`, `2026/3/1`; what follows is a time of day. */
const DATE = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:(?:T|\s+)(.+))?$/i;
/** `5:00`, `05:00:07.25`, and after it nothing, an offset, or the name of a zone. */
const TIME =
  /^(\d{1,2})((?::\d{1,2}){0,2})([.,]\d{1,9})?(?:\s?(Z|[+-]\d{2}(?::?\d{2})?)(?:\[[\w/+-]+\])?| ([A-Z][\w/+-]*))?$/i;

export interface SeriesTime {
  readonly instantMs: number;
  /** The instant as if the clock time that is written were UTC: tells the day that the writer meant. */
  readonly wallClockMs: number;
}

/**
 * A time in any spelling that the time column of a source may have: `2026-03-01`, `2026/3/1`, `2026-03-01T05:00`,
 * `2026-03-01 05:00:00`, either with an offset, `Z` or a zone, or a number since 1970 or as YYYYMMDD (`epochUnit`). Times
 * without an offset are UTC. Undefined for anything else.
 */
export function parseSeriesTime(text: string): SeriesTime | undefined {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) {
    const instantMs = epochMsOf(Number(trimmed));
    return instantMs === undefined ? undefined : { instantMs, wallClockMs: instantMs };
  }
  const [, year = '', , month = '', day = '', rest] = DATE.exec(trimmed) ?? [];
  const [, hour = '0', minutes = '', fraction = '', offset, zone] = TIME.exec(rest ?? '0') ?? [undefined, ''];
  if (year === '' || hour === '' || (zone !== undefined && !isZone(zone))) return undefined;
  const date = [year, ...[month, day].map(twoDigits)].join('-');
  const clock = `${[hour, ...minutes.split(':').slice(1)].map(twoDigits).join(':')}${fraction}`;
  try {
    const wallClock = Temporal.PlainDateTime.from(`${date}T${clock}`, { overflow: 'reject' });
    const wallClockMs = wallClock.toZonedDateTime('UTC').epochMilliseconds;
    if (zone !== undefined) return { instantMs: wallClock.toZonedDateTime(zone).epochMilliseconds, wallClockMs };
    if (offset === undefined) return { instantMs: wallClockMs, wallClockMs };
    return { instantMs: Temporal.Instant.from(`${date}T${clock}${offset}`).epochMilliseconds, wallClockMs };
  } catch {
    return undefined;
  }
}

function twoDigits(number: string): string {
  return number.padStart(2, '0');
}

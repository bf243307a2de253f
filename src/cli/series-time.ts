import { Temporal } from 'temporal-polyfill';

/** Numbers below this are seconds since 1970 (until the year 5138), from it on milliseconds (since 1973). */
const FIRST_MILLISECONDS = 1e11;
const MS_PER_SECOND = 1_000;

/**
 * An instant in any usual spelling: `2026-03-01`, `2026-03-01T05:00`, `2026-03-01 05:00:00`, either with an offset or
 * `Z`, or seconds or milliseconds since 1970. Times without an offset are UTC. Undefined for anything else.
 */
export function parseSeriesTime(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d{9,}(\.\d+)?$/.test(trimmed)) {
    const number = Number(trimmed);
    return Math.round(number < FIRST_MILLISECONDS ? number * MS_PER_SECOND : number);
  }
  if (!/^\d{4}-\d{2}-\d{2}([T ]|$)/.test(trimmed)) return undefined;
  try {
    const iso = trimmed.replace(' UTC', 'Z').replace(' ', 'T');
    if (/([Zz]|[+-]\d{2}(:?\d{2})?)$/.test(iso.slice(10))) return Temporal.Instant.from(iso).epochMilliseconds;
    return Temporal.PlainDateTime.from(iso, { overflow: 'reject' }).toZonedDateTime('UTC').epochMilliseconds;
  } catch {
    return undefined;
  }
}

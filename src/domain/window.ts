import { Temporal } from 'temporal-polyfill';
import { DriftbellError } from './errors.ts';
import type { EpochMs } from './identifiers.ts';
import type { Granularity } from './model.ts';

/** One day or one hour, half open [startMs, endMs), cut in a model's zone. */
export interface Window {
  /** `2001-06-12` for a day, `2001-06-12T05:00-04:00` for an hour (the offset tells a repeated hour apart). */
  readonly key: string;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

const HOUR_MS = 3_600_000;

/**
 * The window that holds an instant. A day has 23 or 25 hours when the zone's clocks change. An hour ends early, or begins
 * late, where they change by a part of one (Lord Howe Island: half an hour).
 */
export function windowAt(instantMs: EpochMs, zone: string, granularity: Granularity): Window {
  if (granularity === 'hour') return hourAt(instantMs, zone);
  return dayFrom(Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).startOfDay());
}

/** `count` windows after (or, negative, before) the given one. */
export function shiftWindow(window: Window, count: number, zone: string, granularity: Granularity): Window {
  if (granularity === 'hour') {
    // Going back over an hour that is cut short, half an hour less is the way.
    const halfHour = count < 0 ? HOUR_MS / 2 : 0;
    return windowAt(window.startMs + count * HOUR_MS + halfHour, zone, granularity);
  }
  const start = Temporal.Instant.fromEpochMilliseconds(window.startMs).toZonedDateTimeISO(zone);
  return dayFrom(start.add({ days: count }).startOfDay());
}

/** All windows that overlap [fromMs, toMs), in order. */
export function windowsBetween(fromMs: EpochMs, toMs: EpochMs, zone: string, granularity: Granularity): Window[] {
  const windows: Window[] = [];
  if (fromMs >= toMs) return windows;
  let window = windowAt(fromMs, zone, granularity);
  while (window.startMs < toMs) {
    windows.push(window);
    window = windowAt(window.endMs, zone, granularity);
  }
  return windows;
}

/**
 * The window that a person named: `2001-06-12`, `2001-06-12T05`, `2001-06-12T05:00-04:00`.
 * Throws `usage.invalid` for anything else.
 */
export function parseWindow(text: string, zone: string, granularity: Granularity): Window {
  return windowAt(parseInstant(text, zone), zone, granularity);
}

/** A day, local date-time or instant as epoch milliseconds; days and local times are of the given zone. */
export function parseInstant(text: string, zone: string): EpochMs {
  try {
    if (/[Zz]$|[+-]\d{2}:?\d{2}$/.test(text) && text.includes('T'))
      return Temporal.Instant.from(text).epochMilliseconds;
    const local = Temporal.PlainDateTime.from(/T\d{2}$/.test(text) ? `${text}:00` : text, { overflow: 'reject' });
    return local.toZonedDateTime(zone).epochMilliseconds;
  } catch (cause) {
    throw new DriftbellError('usage.invalid', {
      expected: 'a date such as 2026-03-01 or a time such as 2026-03-01T05:00',
      received: JSON.stringify(text),
      remedy: 'write the year, month and day with dashes',
      cause,
    });
  }
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** Monday = 0 ... Sunday = 6, of the window's start in its zone (AlerTiger reference, day-of-week slots). */
export function dayOfWeek(window: Window, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(window.startMs).toZonedDateTimeISO(zone).dayOfWeek - 1;
}

/** Hour 0 ... 23 of the window's start in its zone. */
export function hourOfDay(window: Window, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(window.startMs).toZonedDateTimeISO(zone).hour;
}

function dayFrom(start: Temporal.ZonedDateTime): Window {
  return {
    key: start.toPlainDate().toString(),
    startMs: start.epochMilliseconds,
    endMs: start.add({ days: 1 }).startOfDay().epochMilliseconds,
  };
}

/** The hour of the wall clock, as far as the clocks do not change in it. */
function hourAt(instantMs: EpochMs, zone: string): Window {
  const { fromMs, toMs, offsetMs, offset } = stretchAt(instantMs, zone);
  const pastMs = (((instantMs + offsetMs) % HOUR_MS) + HOUR_MS) % HOUR_MS;
  const hourMs = instantMs - pastMs;
  const startMs = Math.max(hourMs, fromMs);
  const wallClock = new Date(startMs + offsetMs).toISOString().slice(0, -PAST_MINUTES.length);
  return { key: `${wallClock}${offset}`, startMs, endMs: Math.min(hourMs + HOUR_MS, toMs) };
}

/** What an ISO time has after its minutes. */
const PAST_MINUTES = ':00.000Z';

/** [fromMs, toMs): from one change of a zone's clocks to the next. */
interface Stretch {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly offsetMs: number;
  readonly offset: string;
}

/** Stretches by zone, as far as they were asked for: to find one takes a hundred times as long as all else about an hour. */
const known = new Map<string, Stretch[]>();

function stretchAt(instantMs: EpochMs, zone: string): Stretch {
  const found = known.get(zone)?.find(({ fromMs, toMs }) => fromMs <= instantMs && instantMs < toMs);
  if (found !== undefined) return found;
  const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
  // A change at this very instant is one before its window.
  const changed = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const stretch = {
    fromMs: changed?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    toMs: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: zoned.offsetNanoseconds / 1e6,
    offset: zoned.offset === '+00:00' ? 'Z' : zoned.offset,
  };
  known.set(zone, [stretch, ...(known.get(zone) ?? [])]);
  return stretch;
}

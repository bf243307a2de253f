import { Temporal } from 'temporal-polyfill';
import type { Window } from '../domain/window.ts';

/** How the two ends of a range are joined: a dash for the eye, a word for the ear. */
export type RangeStyle = 'dash' | 'spoken';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
/** Each of these knows the letters of other zones (EST, CET, AEST); the rest are offsets such as GMT+9. */
const ABBREVIATION_LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA'] as const;
const EN_DASH = '\u2013';
const MIDNIGHT = '00:00';
/** The end of a day, told apart from its start. */
const END_OF_DAY = '24:00';

/** `Tue 6 Mar 2001`, or for an hour `Tue 6 Mar 2001, 05:00–06:00 EST`. */
export function formatWindow(window: Window, zone: string, style: RangeStyle = 'dash'): string {
  return formatWindows(window, window, zone, style);
}

/** From one window to another, both included: `5–6 Mar 2001`, `Tue 6 Mar 2001, 05:00–09:00 EST`. */
export function formatWindows(from: Window, to: Window, zone: string, style: RangeStyle = 'dash'): string {
  const start = zoned(from.startMs, zone);
  const last = zoned(to.startMs, zone);
  return isHour(from) ? formatHours(start, zoned(to.endMs, zone), last, style) : formatDays(start, last, style);
}

/** `6 Mar`, with the year on request; of a day in the zone. */
export function formatDate(date: Temporal.ZonedDateTime | Temporal.PlainDate, { withYear = true } = {}): string {
  const day = `${date.day} ${monthName(date.month)}`;
  return withYear ? `${day} ${date.year}` : day;
}

/** `EST`, `CET`, or an offset where the zone has no letters of its own. */
export function zoneAbbreviation(instantMs: number, zone: string): string {
  const at = zoned(instantMs, zone);
  const names = ABBREVIATION_LOCALES.map(
    (locale) => at.toLocaleString(locale, { timeZoneName: 'short', hour: 'numeric' }).split(/\s/).at(-1) ?? '',
  );
  return names.find((name) => /^[A-Z]+$/.test(name)) ?? `UTC${at.offset}`;
}

function formatDays(start: Temporal.ZonedDateTime, last: Temporal.ZonedDateTime, style: RangeStyle): string {
  if (start.toPlainDate().equals(last.toPlainDate())) return withWeekday(start);
  if (start.year !== last.year) return `${formatDate(start)}${wideJoiner(style)}${formatDate(last)}`;
  if (start.month !== last.month)
    return `${formatDate(start, { withYear: false })}${wideJoiner(style)}${formatDate(last)}`;
  return `${start.day}${joiner(style)}${formatDate(last)}`;
}

function formatHours(
  start: Temporal.ZonedDateTime,
  end: Temporal.ZonedDateTime,
  last: Temporal.ZonedDateTime,
  style: RangeStyle,
): string {
  const startZone = zoneAbbreviation(start.epochMilliseconds, start.timeZoneId);
  const endZone = zoneAbbreviation(end.epochMilliseconds, end.timeZoneId);
  const from = startZone === endZone ? clockTime(start) : `${clockTime(start)} ${startZone}`;
  const until = `${clockTime(end) === MIDNIGHT ? END_OF_DAY : clockTime(end)} ${endZone}`;
  if (start.toPlainDate().equals(last.toPlainDate()))
    return `${withWeekday(start)}, ${from}${startZone === endZone ? joiner(style) : wideJoiner(style)}${until}`;
  return `${formatDate(start)}, ${from}${wideJoiner(style)}${formatDate(last)}, ${until}`;
}

function withWeekday(at: Temporal.ZonedDateTime): string {
  return `${WEEKDAYS[at.dayOfWeek - 1] ?? ''} ${formatDate(at)}`;
}

function clockTime(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}

function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

function joiner(style: RangeStyle): string {
  return style === 'spoken' ? ' to ' : EN_DASH;
}

function wideJoiner(style: RangeStyle): string {
  return style === 'spoken' ? ' to ' : ` ${EN_DASH} `;
}

/** Only hours carry a time of day in their key. */
function isHour(window: Window): boolean {
  return window.key.includes('T');
}

function zoned(instantMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
}

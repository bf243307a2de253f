import { Temporal } from 'temporal-polyfill';
import { DriftbellError } from './errors.ts';
import type { EpochMs } from './identifiers.ts';
import { type SeverityWord, severityWords } from './report.ts';

/** Hours of a model in which reports wait. At least one of `night` and `weekends` is there. */
export interface QuietHours {
  /** Wall-clock times of the model's zone, `22:00` and `07:00`; the second may be of the next day. */
  readonly night?: { readonly from: string; readonly to: string };
  /** Whole Saturdays and Sundays. */
  readonly weekends: boolean;
  /** Reports of this severity or a higher one come all the same; `never`: none does. */
  readonly unless: SeverityWord | 'never';
}

/** What does not wait where nobody said otherwise: something that everybody would be woken for. */
export const DEFAULT_UNLESS = 'critical' satisfies SeverityWord;
const ALWAYS = 'always';
const FORM = 'quiet hours such as 22:00-07:00, weekends, or 22:00-07:00 weekends unless high';
/** Characters of what was typed that come back in an error. */
const SHOWN = 40;
/** A night that begins inside a weekend that begins inside a night: no chain of them is longer. */
const LONGEST_CHAIN = 8;
const SATURDAY = 6;

/**
 * Reads `22:00-07:00`, `weekends`, or both, then `unless high` (those and critical ones come) or `always` (all wait).
 * Commas may stand between the words. Throws `usage.invalid`.
 */
export function parseQuietHours(typed: string): QuietHours {
  const words = typed
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== 'and');
  let night: QuietHours['night'];
  let weekends = false;
  let unless: QuietHours['unless'] = DEFAULT_UNLESS;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const span = /^(\d{1,2}):(\d{2})[-–](\d{1,2}):(\d{2})$/.exec(word);
    if (span !== null && night === undefined) night = nightOf(span, typed);
    else if (word === 'weekends' || word === 'weekend') weekends = true;
    else if (word === ALWAYS) unless = 'never';
    else if (word === 'unless') {
      index += 1;
      unless = severityIn(words[index] ?? '', typed);
    } else throw refusal(typed, `leave ${JSON.stringify(word.slice(0, SHOWN))} out, or write ${FORM}`);
  }
  if (night === undefined && !weekends)
    throw refusal(typed, 'say which hours: two times with a dash, weekends, or both');
  return { ...(night && { night }), weekends, unless };
}

/** As a person would type it; parsing it gives the same. */
export function formatQuietHours({ night, weekends, unless }: QuietHours): string {
  return [
    ...(night === undefined ? [] : [`${night.from}-${night.to}`]),
    ...(weekends ? ['weekends'] : []),
    ...(unless === 'never' ? [ALWAYS] : unless === DEFAULT_UNLESS ? [] : [`unless ${unless}`]),
  ].join(' ');
}

/** `22:00-07:00 and on weekends, except for critical reports`. */
export function quietWords({ night, weekends, unless }: QuietHours): string {
  const when = [...(night ? [`${night.from}-${night.to}`] : []), ...(weekends ? ['on weekends'] : [])].join(' and ');
  const worse = unless === 'critical' ? 'critical' : `${unless} and worse`;
  return unless === 'never' ? `${when}, without exception` : `${when}, except for ${worse} reports`;
}

/** True where a report of this severity waits for the end of quiet hours. */
export function mayWait({ unless }: QuietHours, severity: SeverityWord): boolean {
  return unless === 'never' || severityWords.indexOf(severity) < severityWords.indexOf(unless);
}

/**
 * When the quiet hours end in which an instant lies; undefined outside of them. A night runs from its first to its last
 * wall-clock time, however long it is when clocks change: a time that comes twice counts the second time, one that
 * is skipped is as much later.
 */
export function quietUntil(quiet: QuietHours, now: EpochMs, zone: string): EpochMs | undefined {
  let end: EpochMs | undefined;
  for (let links = 0; links < LONGEST_CHAIN; links += 1) {
    const next = spanAround(quiet, end ?? now, zone);
    if (next === undefined) return end;
    end = next;
  }
  return end;
}

/** The end of the latest span that holds an instant. */
function spanAround({ night, weekends }: QuietHours, at: EpochMs, zone: string): EpochMs | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const ends: EpochMs[] = [];
  if (weekends && today.dayOfWeek >= SATURDAY) {
    ends.push(today.add({ days: 1 }).toZonedDateTime({ timeZone: zone }).epochMilliseconds);
  }
  if (night !== undefined) {
    // What began yesterday may go on today.
    for (const day of [today.subtract({ days: 1 }), today]) {
      const start = instantOf(day, night.from, zone, 'compatible');
      const isOvernight = night.to <= night.from;
      const end = instantOf(isOvernight ? day.add({ days: 1 }) : day, night.to, zone, 'later');
      if (start <= at && at < end) ends.push(end);
    }
  }
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function instantOf(
  day: Temporal.PlainDate,
  time: string,
  zone: string,
  disambiguation: 'compatible' | 'later',
): EpochMs {
  return day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}

function nightOf([, fromHour, fromMinute, toHour, toMinute]: RegExpExecArray, typed: string) {
  const from = timeOf(fromHour, fromMinute);
  const to = timeOf(toHour, toMinute);
  if (from === undefined || to === undefined) throw refusal(typed, 'write times from 00:00 to 23:59');
  if (from === to) throw refusal(typed, 'write two different times: whole days would be told never');
  return { from, to };
}

function timeOf(hour = '', minute = ''): string | undefined {
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined;
}

function severityIn(word: string, typed: string): SeverityWord {
  const severity = severityWords.find((one) => one === word);
  // From notable on everything comes, and quiet hours would be none.
  if (severity !== undefined && severity !== severityWords[0]) return severity;
  throw refusal(typed, 'write high or critical after unless; `always` lets all wait');
}

function refusal(typed: string, remedy: string): DriftbellError {
  const shown = typed.length > SHOWN ? `${typed.slice(0, SHOWN)}…` : typed;
  return new DriftbellError('usage.invalid', { expected: FORM, received: JSON.stringify(shown), remedy });
}

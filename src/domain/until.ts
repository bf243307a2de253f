import { Temporal } from 'temporal-polyfill';
import { DriftbellError } from './errors.ts';
import type { EpochMs } from './identifiers.ts';

/** A point in time ahead as people say it; what it means depends on the zone and on now. */
export type Until =
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'day'; readonly day: Day; readonly time?: TimeOfDay };

/** `weekday` counts Monday as 1; `tonight` is none of them: a time alone is the next such time. */
type Day =
  | { readonly kind: 'next-time' }
  | { readonly kind: 'today' }
  | { readonly kind: 'tomorrow' }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'date'; readonly date: string };

interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
/** `fri` and `friday`, but not `fr`. */
const FEWEST_LETTERS = 3;
const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const SHORTEST_MS = 60_000;
/** Thirty days: a longer mute is a forgotten one. */
const LONGEST_MS = 30 * 86_400_000;
const FORM = 'a duration from 1m to 30d, such as 4h or 3d, or a time such as until fri 09:00';
/** Characters of what was typed that come back in an error. */
const SHOWN = 40;

/**
 * Reads `4h`, `3d`, `until fri 09:00`, `until tomorrow`, `until 2026-03-01 9am` off the beginning of words, and says how
 * many of them it took. Undefined where they begin with none of these; throws `usage.invalid` where they begin like one
 * and cannot be read. A day alone is its first moment.
 */
export function readUntil(words: readonly string[]): { readonly until: Until; readonly used: number } | undefined {
  const [first = '', second = '', third = ''] = words.map((word) => word.trim().toLowerCase());
  const duration = /^([-+]?)(\d+)(m|h|d|w)$/.exec(first);
  if (duration !== null) return { until: { kind: 'after', ms: durationMs(duration, first) }, used: 1 };
  if (first !== 'until' && first !== 'till') return undefined;
  const time = readTime(second);
  if (time !== undefined) return { until: { kind: 'day', day: { kind: 'next-time' }, time }, used: 2 };
  const day = readDay(second);
  if (day === undefined) throw refusal(words.slice(0, 3).join(' '), 'write a day, a time or both after until');
  const at = readTime(third);
  return at === undefined
    ? { until: { kind: 'day', day }, used: 2 }
    : { until: { kind: 'day', day, time: at }, used: 3 };
}

/** Words that have to begin with one. Throws `usage.invalid` showing all of them: of `5 bananas`, 5 alone would puzzle. */
export function requireUntil(words: readonly string[]): { readonly until: Until; readonly used: number } {
  const read = readUntil(words);
  if (read !== undefined) return read;
  throw refusal(words.join(' '), 'write a number followed by m, h, d or w, or until and a day or time');
}

/** The instant that is meant. Throws `usage.invalid` for one that has passed or is more than thirty days ahead. */
export function resolveUntil(until: Until, now: EpochMs, zone: string): EpochMs {
  if (until.kind === 'after') return now + until.ms;
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const at = dateOf(until, here).toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from(until.time ?? { hour: 0 }),
  });
  const ahead = at.epochMilliseconds - now;
  const told = at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
  if (ahead < SHORTEST_MS) throw refusal(`${told} ${zone}`, 'name a time that is still to come');
  if (ahead > LONGEST_MS) throw refusal(`${told} ${zone}`, 'name a time within the next thirty days');
  return at.epochMilliseconds;
}

function dateOf({ day, time }: Extract<Until, { kind: 'day' }>, now: Temporal.ZonedDateTime): Temporal.PlainDate {
  const today = now.toPlainDate();
  const isLaterToday =
    time !== undefined && Temporal.PlainTime.compare(Temporal.PlainTime.from(time), now.toPlainTime()) > 0;
  switch (day.kind) {
    case 'today':
      return today;
    case 'next-time':
      return isLaterToday ? today : today.add({ days: 1 });
    case 'tomorrow':
      return today.add({ days: 1 });
    case 'weekday': {
      const days = (day.weekday - now.dayOfWeek + 7) % 7;
      return today.add({ days: days === 0 && !isLaterToday ? 7 : days });
    }
    case 'date':
      return Temporal.PlainDate.from(day.date);
  }
}

function readDay(word: string): Day | undefined {
  if (word === 'today') return { kind: 'today' };
  if (word === 'tomorrow') return { kind: 'tomorrow' };
  const weekday = WEEKDAYS.findIndex((name) => word.length >= FEWEST_LETTERS && name.startsWith(word));
  if (weekday !== -1) return { kind: 'weekday', weekday: weekday + 1 };
  return isDate(word) ? { kind: 'date', date: word } : undefined;
}

function isDate(word: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return false;
  try {
    Temporal.PlainDate.from(word, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** `09:00`, `9:30`, `9am`, `9:30pm`. */
function readTime(word: string): TimeOfDay | undefined {
  const match = /^(\d{1,2})(?::(\d{2}))?(am|pm)?$/.exec(word);
  if (match === null || (match[2] === undefined && match[3] === undefined)) return undefined;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (minute > 59 || hour > 23 || (match[3] !== undefined && (hour < 1 || hour > 12))) return undefined;
  if (match[3] === undefined) return { hour, minute };
  return { hour: (hour % 12) + (match[3] === 'pm' ? 12 : 0), minute };
}

function durationMs([, sign, number, unit = '']: RegExpExecArray, typed: string): number {
  const ms = Number(number) * (UNITS_MS[unit] ?? 0);
  if (sign === '-') throw refusal(typed, 'leave the minus out', 'no negative one: ');
  if (ms > LONGEST_MS) throw refusal(typed, 'write a shorter one, and mute again later', 'at most 30d: ');
  if (ms < SHORTEST_MS) throw refusal(typed, 'write a longer one', 'at least 1m: ');
  return ms;
}

function refusal(received: string, remedy: string, limit = ''): DriftbellError {
  const shown = received.length > SHOWN ? `${received.slice(0, SHOWN)}…` : received;
  return new DriftbellError('usage.invalid', { expected: `${limit}${FORM}`, received: JSON.stringify(shown), remedy });
}

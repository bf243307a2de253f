/** When and where the week of a channel's models is told, where somebody has said so. */
export interface DigestPlan {
  readonly isOn: boolean;
  /** ISO: 1 is Monday, 7 Sunday. */
  readonly weekday: number;
  /** Wall-clock time of the zone that most models of the channel are in: `09:00`. */
  readonly at: string;
  /** The channel that it is posted to: that of the models, or another one. */
  readonly to: string;
}

/** Each change makes the next one, so that a dialog that is older is refused. */
export interface StoredDigestPlan extends DigestPlan {
  readonly revision: number;
}

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONDAY = 1;
const SUNDAY = 7;
/** First thing in the week, where nobody said otherwise. */
const DEFAULT_AT = '09:00';

export function isWeekday(weekday: number): boolean {
  return Number.isInteger(weekday) && weekday >= MONDAY && weekday <= SUNDAY;
}

/** `09:00` to `23:59`, as a time picker says it. */
export function isTimeOfDay(at: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(at);
}

/** `Mondays at 09:00`. */
export function digestTimeWords({ weekday, at }: Pick<DigestPlan, 'weekday' | 'at'>): string {
  return `${WEEKDAYS[weekday - 1] ?? ''}s at ${at}`;
}

/** The cron expression of five fields that says the same. */
export function digestExpression({ weekday, at }: Pick<DigestPlan, 'weekday' | 'at'>): string {
  const [hour = '0', minute = '0'] = at.split(':');
  return `${Number(minute)} ${Number(hour)} * * ${weekday % SUNDAY}`;
}

/**
 * What a channel has that nobody made a plan for: what the operator's cron expression says, as far as that is once a week;
 * without an expression no digest, and for a dialog the first thing on Mondays.
 */
export function standardPlan(channel: string, expression: string | undefined): DigestPlan {
  const weekly = /^(\d{1,2}) (\d{1,2}) \* \* ([0-7])$/.exec(expression?.trim() ?? '');
  const [, minute = '', hour = '', weekday = ''] = weekly ?? [];
  const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return {
    isOn: expression !== undefined,
    weekday: weekly === null ? MONDAY : Number(weekday) || SUNDAY,
    at: weekly !== null && isTimeOfDay(at) ? at : DEFAULT_AT,
    to: channel,
  };
}

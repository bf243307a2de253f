import { Temporal } from 'temporal-polyfill';
import { formatDate } from '../../src/messages/format-window.ts';

export interface TimeTick {
  readonly atMs: number;
  /** First line: date or time of day; second line, where it changes: the year, or the date. */
  readonly lines: readonly string[];
}

/** Half open, as the windows are. */
export interface TimeDomain {
  readonly startMs: number;
  readonly endMs: number;
  /** Length of one window, for telling days from hours. */
  readonly windowMs: number;
}

/** `12 Jun` at 22 px and as much room again. */
const MIN_DATE_SPACING_PX = 108;
/** `06:00` is shorter. */
const MIN_TIME_SPACING_PX = 92;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A day has 23 hours when clocks go forward. */
const SHORTEST_DAY_MS = 23 * HOUR_MS;
const MEAN_MONTH_MS = 30.4 * DAY_MS;
const MEAN_YEAR_MS = 365.25 * DAY_MS;

const HOUR_STEPS = [1, 2, 3, 6, 12] as const;
const DAY_STEPS = [1, 2, 7, 14] as const;
const MONTH_STEPS = [1, 2, 3, 6] as const;
const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100] as const;
const WEEK_DAYS = 7;

export function isHourly(domain: TimeDomain): boolean {
  return domain.windowMs < SHORTEST_DAY_MS;
}

/**
 * Few ticks at round local times. They are instants with finished labels: the picture has no notion of a zone, so that
 * neither the server's zone nor a change of clocks can move anything.
 */
export function timeTicks(domain: TimeDomain, zone: string, widthPx: number): readonly TimeTick[] {
  const pxPerMs = widthPx / (domain.endMs - domain.startMs);
  if (isHourly(domain)) {
    const hours = HOUR_STEPS.find((step) => step * HOUR_MS * pxPerMs >= MIN_TIME_SPACING_PX);
    if (hours !== undefined) return labelTimes(localHours(domain, zone, hours));
  }
  return labelDates(localDays(domain, zone, dayRule(pxPerMs)), isHourly(domain));
}

type DayRule = (date: Temporal.PlainDate) => boolean;

function dayRule(pxPerMs: number): DayRule {
  const fits = (stepMs: number): boolean => stepMs * pxPerMs >= MIN_DATE_SPACING_PX;
  const days = DAY_STEPS.find((step) => fits(step * DAY_MS));
  if (days !== undefined) return (date) => isOnDayStep(date, days);
  const months = MONTH_STEPS.find((step) => fits(step * MEAN_MONTH_MS));
  if (months !== undefined) return (date) => date.day === 1 && (date.month - 1) % months === 0;
  const years = YEAR_STEPS.find((step) => fits(step * MEAN_YEAR_MS)) ?? YEAR_STEPS[YEAR_STEPS.length - 1] ?? 1;
  return (date) => date.dayOfYear === 1 && date.year % years === 0;
}

/** Weeks start on Mondays; 1970-01-05 was one. */
function isOnDayStep(date: Temporal.PlainDate, step: number): boolean {
  const monday = new Temporal.PlainDate(1970, 1, 5);
  const days = monday.until(date, { largestUnit: 'day' }).days;
  return step % WEEK_DAYS === 0 || step === 1 ? days % step === 0 : date.dayOfYear % step === 0;
}

function localDays(domain: TimeDomain, zone: string, isTick: DayRule): readonly Temporal.ZonedDateTime[] {
  const starts: Temporal.ZonedDateTime[] = [];
  let date = zoned(domain.startMs, zone).toPlainDate();
  for (;;) {
    const start = date.toZonedDateTime(zone);
    if (start.epochMilliseconds >= domain.endMs) return starts;
    if (start.epochMilliseconds >= domain.startMs && isTick(date)) starts.push(start);
    date = date.add({ days: 1 });
  }
}

function localHours(domain: TimeDomain, zone: string, step: number): readonly Temporal.ZonedDateTime[] {
  const times: Temporal.ZonedDateTime[] = [];
  let at = zoned(domain.startMs, zone).round({ smallestUnit: 'hour', roundingMode: 'ceil' });
  while (at.epochMilliseconds < domain.endMs) {
    if (at.hour % step === 0 && at.minute === 0) times.push(at);
    at = at.add({ hours: 1 });
  }
  return times;
}

/** A day's point stands in the middle of its window, and so does its tick; hours are read from their start. */
function labelDates(days: readonly Temporal.ZonedDateTime[], isHourlySeries: boolean): readonly TimeTick[] {
  return days.map((day, index) => {
    const lengthMs = day.add({ days: 1 }).epochMilliseconds - day.epochMilliseconds;
    const isNewYear = day.year !== days[index - 1]?.year;
    return {
      atMs: day.epochMilliseconds + (isHourlySeries ? 0 : lengthMs / 2),
      lines: [formatDate(day, { withYear: false }), ...(isNewYear ? [String(day.year)] : [])],
    };
  });
}

function labelTimes(times: readonly Temporal.ZonedDateTime[]): readonly TimeTick[] {
  return times.map((at, index) => {
    const before = times[index - 1];
    const isNewDay = before === undefined || !before.toPlainDate().equals(at.toPlainDate());
    const date = formatDate(at, { withYear: before?.year !== at.year });
    return {
      atMs: at.epochMilliseconds,
      lines: [at.toPlainTime().toString({ smallestUnit: 'minute' }), ...(isNewDay ? [date] : [])],
    };
  });
}

function zoned(instantMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
}

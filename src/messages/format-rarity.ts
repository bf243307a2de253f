import { type Granularity, windowsPerDay } from '../domain/model.ts';
import { formatNumber } from './format-number.ts';

/** Nothing is known of rarer things: no detector has seen so much of one kind for so long. */
const MOST_YEARS = 3;
const DAYS_PER_YEAR = 365;
const HOURS_PER_DAY = 24;
/** From here on people count in years, and below in hours. */
const FIRST_YEARS = 2;
const FIRST_DAYS = 2;
/** More would pretend to be exact. */
const SIGNIFICANT_DIGITS = 2;

/** `about once in 40 days`, `less than once in 3 years`: how often a window is that unusual by chance. */
export function formatRarity(tail: number, granularity: Granularity): string {
  const days = 1 / (tail * windowsPerDay[granularity]);
  const years = days / DAYS_PER_YEAR;
  if (years > MOST_YEARS) return `less than once in ${MOST_YEARS} years`;
  if (years >= FIRST_YEARS) return aboutOnce(years, 'year');
  if (granularity === 'day' || days >= FIRST_DAYS) return aboutOnce(days, 'day');
  return aboutOnce(days * HOURS_PER_DAY, 'hour');
}

function aboutOnce(amount: number, unit: 'year' | 'day' | 'hour'): string {
  const rounded = Number(amount.toPrecision(SIGNIFICANT_DIGITS));
  if (rounded <= 1) return unit === 'hour' ? 'about once an hour' : `about once a ${unit}`;
  return `about once in ${formatNumber(rounded)} ${unit}s`;
}

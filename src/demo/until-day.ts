import { DriftbellError } from '../domain/errors.ts';

/** The first day after which a walk can end, and the day after the last flight. */
const EARLIEST = '2001-01-02';
const LATEST = '2001-07-01';

/** The first day that is not walked any more. Throws `usage.invalid` for what is no day of the flights. */
export function parseUntilDay(text: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  const isFlown = ms >= Date.parse(EARLIEST) && ms <= Date.parse(LATEST);
  // 30 February would be read as 2 March.
  if (isFlown && new Date(ms).toISOString().startsWith(text)) return text;
  throw new DriftbellError('usage.invalid', {
    expected: `--until as a date from ${EARLIEST} to ${LATEST}`,
    received: JSON.stringify(text),
    remedy: 'name the first day that is not to be looked at, or leave --until out',
  });
}

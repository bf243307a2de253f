/**
 * A condition on the time column itself, by which the reader skips whole files and row groups.
 *
 * It may keep rows outside the span of the windows, since each row's window is decided exactly afterwards, but it must
 * never drop one inside. So dates get a day of grace on both sides: whatever the zone, local midnight of a date is less
 * than a day from midnight UTC. Nanoseconds before 1970 are cut towards zero on their way to microseconds: one of grace.
 */

import type { EpochUnit } from '../../../domain/epoch-unit.ts';
import type { Window } from '../../../domain/window.ts';
import { quoteIdentifier } from './quote.ts';
import { spanOf } from './windows.ts';

/** How the time column can be compared; absent where no comparison is safe. */
export type Prunable =
  /** The path tells the time of all rows of a file: then the instant itself. */
  | { readonly by: 'instant' }
  | { readonly by: 'timestamp' | 'timestamp_ns' | 'timestamptz' | 'date' | EpochUnit; readonly column: string };

const US_PER_MS = 1000;
const US_PER_SECOND = 1_000_000;
const DAY_US = 86_400_000_000;
/** No day is written as YYYYMMDD outside these, so days beyond them may be taken for them. */
const FIRST_DAY = Date.UTC(1900, 0, 1) / (DAY_US / US_PER_MS);
const LAST_DAY = Date.UTC(2100, 11, 31) / (DAY_US / US_PER_MS);
const NS_PER_US = 1000n;
/** What a BIGINT holds, and so a time of nanoseconds; less at both ends, which DuckDB keeps for infinities. */
const LARGEST_NS = 2n ** 63n - 2n;

export function pruneCondition(
  windows: readonly Window[],
  scan: { readonly instant: string; readonly prunable?: Prunable },
): string | undefined {
  const { prunable } = scan;
  if (prunable === undefined) return undefined;
  const { fromUs, toUs } = spanOf(windows);
  const name = 'column' in prunable ? quoteIdentifier(prunable.column) : '';
  switch (prunable.by) {
    case 'instant':
      return `(${scan.instant}) BETWEEN ${fromUs} AND ${toUs - 1}`;
    case 'timestamp':
      return `${name} >= make_timestamp(${fromUs}) AND ${name} < make_timestamp(${toUs})`;
    case 'timestamptz':
      return `${name} >= make_timestamptz(${fromUs}) AND ${name} < make_timestamptz(${toUs})`;
    case 'timestamp_ns':
      return `${name} BETWEEN make_timestamp_ns(${nanoseconds(fromUs - 1)}) AND make_timestamp_ns(${nanoseconds(toUs)})`;
    case 'date': {
      const [first, last] = daysWithGrace(fromUs, toUs);
      return `${name} BETWEEN make_date(${first}) AND make_date(${last})`;
    }
    case 'yyyymmdd': {
      const [first, last] = daysWithGrace(fromUs, toUs).map(yyyymmdd);
      return `${name} BETWEEN ${first} AND ${last}`;
    }
    case 'seconds':
      return `${name} BETWEEN ${Math.floor(fromUs / US_PER_SECOND)} AND ${Math.floor(toUs / US_PER_SECOND)}`;
    case 'milliseconds':
      return `${name} BETWEEN ${Math.floor(fromUs / US_PER_MS)} AND ${Math.floor(toUs / US_PER_MS)}`;
    case 'microseconds':
      return `${name} BETWEEN ${fromUs} AND ${toUs}`;
    case 'nanoseconds':
      return `${name} BETWEEN ${nanoseconds(fromUs - 1)} AND ${nanoseconds(toUs)}`;
  }
}

/** Days since 1970. */
function daysWithGrace(fromUs: number, toUs: number): [number, number] {
  return [Math.floor(fromUs / DAY_US) - 1, Math.ceil(toUs / DAY_US) + 1];
}

function yyyymmdd(day: number): number {
  const written = Math.min(Math.max(day, FIRST_DAY), LAST_DAY);
  return Number(new Date((written * DAY_US) / US_PER_MS).toISOString().slice(0, 10).replaceAll('-', ''));
}

function nanoseconds(us: number): bigint {
  const ns = BigInt(us) * NS_PER_US;
  if (ns > LARGEST_NS) return LARGEST_NS;
  return ns < -LARGEST_NS ? -LARGEST_NS : ns;
}

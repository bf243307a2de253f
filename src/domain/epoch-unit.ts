/**
 * Which numbers are times. A number says neither its unit nor that it is a time at all, so only those are taken that lie
 * where times of live models lie: from 1980 to 2100, in seconds since 1970 or finer, or days written as YYYYMMDD. The
 * ranges of the units do not meet, so a number has one unit at most; row numbers, years and counts of days have none.
 * 1980 and 2100 also leave out YYYYMMDDHHMM and YYYYMMDDHHMMSS, which as milliseconds are of 1976 and of 2611.
 */

/** Counts since 1970, or calendar days written as YYYYMMDD. */
export type EpochUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds' | 'yyyymmdd';

/** 1980-01-01 and 2100-01-01, in seconds since 1970. */
export const [FIRST_SECOND, LAST_SECOND] = [315_532_800n, 4_102_444_800n];
/** Microseconds are `number * times // per`. */
export const EPOCH_UNITS = [
  { unit: 'seconds', perSecond: 1n, times: 1_000_000, per: 1 },
  { unit: 'milliseconds', perSecond: 1_000n, times: 1_000, per: 1 },
  { unit: 'microseconds', perSecond: 1_000_000n, times: 1, per: 1 },
  { unit: 'nanoseconds', perSecond: 1_000_000_000n, times: 1, per: 1_000 },
] as const;
const US_PER_MS = 1_000;
/** Days from 1900 on; as seconds they would all be of 1970. */
export const [FIRST_DAY, LAST_DAY] = [19_000_101n, 21_001_231n];

const RANGES: readonly { readonly unit: EpochUnit; readonly first: bigint; readonly last: bigint }[] = [
  { unit: 'yyyymmdd', first: FIRST_DAY, last: LAST_DAY },
  ...EPOCH_UNITS.map(({ unit, perSecond }) => ({
    unit,
    first: FIRST_SECOND * perSecond,
    last: LAST_SECOND * perSecond,
  })),
];

/** The unit of all those numbers from `low` to `high` that are times; undefined for none or several. */
export function epochUnit(low: bigint, high: bigint): EpochUnit | undefined {
  const [only, ...others] = RANGES.filter(({ first, last }) => low <= last && high >= first);
  return others.length > 0 ? undefined : only?.unit;
}

/** The instant of a number that is a time, in milliseconds; of a day its midnight in UTC. Undefined for other numbers. */
export function epochMsOf(number: number): number | undefined {
  const whole = BigInt(Math.floor(number));
  const unit = epochUnit(whole, whole);
  if (unit === 'yyyymmdd') return Number.isInteger(number) ? writtenDay(number) : undefined;
  const scale = EPOCH_UNITS.find((one) => one.unit === unit);
  return scale && Math.floor(Math.floor((number * scale.times) / scale.per) / US_PER_MS);
}

function writtenDay(number: number): number | undefined {
  const [year, month, day] = [Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100];
  const ms = Date.UTC(year, month - 1, day);
  return new Date(ms).getUTCDate() === day && month >= 1 && month <= 12 ? ms : undefined;
}

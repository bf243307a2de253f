/**
 * Which numbers are times. A number says neither its unit nor that it is a time at all, so only those are taken that lie
 * where times of live models lie: from 1980 to 2100, in seconds since 1970 or finer, or days written as YYYYMMDD. The
 * ranges of the units do not meet, so a number has one unit at most; row numbers, years and counts of days have none.
 * 1980 and 2100 also leave out YYYYMMDDHHMM and YYYYMMDDHHMMSS, which as milliseconds are of 1976 and of 2611.
 */

import { quoteText } from './quote.ts';

/** Counts since 1970, or calendar days written as YYYYMMDD. */
export type EpochUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds' | 'yyyymmdd';

/** 1980-01-01 and 2100-01-01, in seconds since 1970. */
const [FIRST_SECOND, LAST_SECOND] = [315_532_800n, 4_102_444_800n];
/** Microseconds are `number * times // per`. */
const UNITS = [
  { unit: 'seconds', perSecond: 1n, times: 1_000_000, per: 1 },
  { unit: 'milliseconds', perSecond: 1_000n, times: 1_000, per: 1 },
  { unit: 'microseconds', perSecond: 1_000_000n, times: 1, per: 1 },
  { unit: 'nanoseconds', perSecond: 1_000_000_000n, times: 1, per: 1_000 },
] as const;
/** Days from 1900 on; as seconds they would all be of 1970. */
const [FIRST_DAY, LAST_DAY] = [19_000_101n, 21_001_231n];

const RANGES: readonly { readonly unit: EpochUnit; readonly first: bigint; readonly last: bigint }[] = [
  { unit: 'yyyymmdd', first: FIRST_DAY, last: LAST_DAY },
  ...UNITS.map(({ unit, perSecond }) => ({ unit, first: FIRST_SECOND * perSecond, last: LAST_SECOND * perSecond })),
];

/** The unit of all those numbers from `low` to `high` that are times; undefined for none or several. */
export function epochUnit(low: bigint, high: bigint): EpochUnit | undefined {
  const [only, ...others] = RANGES.filter(({ first, last }) => low <= last && high >= first);
  return others.length > 0 ? undefined : only?.unit;
}

/** In whole numbers throughout: nanoseconds of today do not fit into a DOUBLE. Null for what is no time. */
export function epochInteger(number: string, zone: string): string {
  return [
    'CASE',
    `WHEN ${number} BETWEEN ${FIRST_DAY} AND ${LAST_DAY} THEN ${writtenDay(number, zone)}`,
    ...UNITS.map(({ perSecond, times, per }) => {
      const microseconds = `${number}${times === 1 ? '' : ` * ${times}`}${per === 1 ? '' : ` // ${per}`}`;
      return `WHEN ${number} ${between(perSecond)} THEN ${microseconds}`;
    }),
    'END',
  ].join(' ');
}

/** The same of numbers with a fraction; days are whole. */
export function epochReal(number: string, zone: string): string {
  const whole = `TRY_CAST(${number} AS BIGINT)`;
  return [
    'CASE',
    `WHEN ${number} BETWEEN ${FIRST_DAY} AND ${LAST_DAY} THEN CASE WHEN ${number} = floor(${number}) THEN ${writtenDay(whole, zone)} END`,
    ...UNITS.map(
      ({ perSecond, times, per }) =>
        `WHEN ${number} ${between(perSecond)} THEN CAST(floor(${number} * ${times} / ${per}) AS BIGINT)`,
    ),
    'END',
  ].join(' ');
}

function between(perSecond: bigint): string {
  return `BETWEEN ${FIRST_SECOND * perSecond} AND ${LAST_SECOND * perSecond}`;
}

function writtenDay(number: string, zone: string): string {
  return localDay(`TRY_CAST(TRY_STRPTIME(CAST(${number} AS VARCHAR), '%Y%m%d') AS TIMESTAMP)`, zone);
}

/** A midnight of a zone as microseconds since 1970. */
export function localDay(midnight: string, zone: string): string {
  return `epoch_us(timezone(${quoteText(zone)}, ${midnight}))`;
}

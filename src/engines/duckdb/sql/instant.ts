import type { TypeFamily } from '../../../domain/source-type.ts';
import type { EpochUnit } from './prune.ts';
import { quoteIdentifier, quoteText } from './quote.ts';

/** Largest magnitudes of seconds, milliseconds and microseconds since 1970; beyond the last they are nanoseconds. */
const LARGEST_SECONDS = 10 ** 11;
const LARGEST_MILLISECONDS = 10 ** 14;
const LARGEST_MICROSECONDS = 10 ** 17;
const HOUR_US = 3_600_000_000;
/** Whole numbers in this range are calendar days written as YYYYMMDD; as seconds they would all be in 1970. */
const FIRST_YYYYMMDD = 19000101;
const LAST_YYYYMMDD = 21001231;

/**
 * A column's instant as microseconds since 1970 (BIGINT), null where it is none. A timestamp without a zone is UTC;
 * a date is a day of the model's zone. Undefined for types that are no time. The session's zone must be UTC.
 */
export function instantSql(column: string, family: TypeFamily, zone: string): string | undefined {
  const name = quoteIdentifier(column);
  switch (family) {
    case 'timestamp':
    case 'timestamptz':
      return `epoch_us(${name})`;
    case 'date':
      return localDay(`TRY_CAST(${name} AS TIMESTAMP)`, zone);
    case 'integer':
      return epochInteger(`TRY_CAST(${name} AS BIGINT)`, zone);
    case 'real':
      return epochReal(`CAST(${name} AS DOUBLE)`);
    case 'text':
      return fromText(`trim(CAST(${name} AS VARCHAR))`, zone);
    case 'json':
      return fromText(`trim(${name} ->> '$')`, zone);
    default:
      return undefined;
  }
}

/** Whole numbers of a part of a time, also as text with zeros in front. */
function whole(column: string): string {
  return `TRY_CAST(CAST(${quoteIdentifier(column)} AS VARCHAR) AS INTEGER)`;
}

/**
 * The instant of a time that is spread over columns: year, month and day, or a date, each with or without an hour or a
 * time of day. A date is a day of the model's zone; with an hour it is UTC, as for a time in one column. Undefined for any
 * other number of parts.
 */
export function compositeInstantSql(
  columns: readonly { readonly name: string; readonly family: TypeFamily }[],
  zone: string,
): string | undefined {
  const [first, month, day] = columns;
  if (first === undefined || month === undefined) return undefined;
  if (columns.length === 2) return withTime(instantSql(first.name, first.family, 'UTC'), month);
  if (day === undefined || columns.length > 4) return undefined;
  const date = `TRY_CAST(${[first, month, day].map(({ name }) => whole(name)).join(" || '-' || ")} AS TIMESTAMP)`;
  const hour = columns[3];
  return hour === undefined ? localDay(date, zone) : withTime(`epoch_us(${date})`, hour);
}

/** An hour as a whole number, or a time of day; as text also with dots: `18.00.00`. */
function withTime(
  dayUs: string | undefined,
  { name, family }: { readonly name: string; readonly family: TypeFamily },
): string | undefined {
  if (dayUs === undefined) return undefined;
  const text = `trim(CAST(${quoteIdentifier(name)} AS VARCHAR))`;
  const timeOfDay = `epoch_us(coalesce(TRY_CAST(${text} AS TIME), TRY_CAST(replace(${text}, '.', ':') AS TIME)))`;
  const hour = `CASE WHEN ${whole(name)} BETWEEN 0 AND 23 THEN ${whole(name)} * ${HOUR_US} END`;
  const isNumber = family === 'integer' || family === 'real';
  return `(${dayUs}) + ${isNumber ? hour : `coalesce(${hour}, ${timeOfDay})`}`;
}

function localDay(midnight: string, zone: string): string {
  return `epoch_us(timezone(${quoteText(zone)}, ${midnight}))`;
}

/** The unit that all numbers from `low` to `high` are read in; undefined where they are read in several. */
export function epochUnit(low: bigint, high: bigint): EpochUnit | undefined {
  const isWithin = (first: number, last: number) => low >= first && high <= last;
  const isMagnitude = (above: number, upTo: number) => isWithin(above + 1, upTo) || isWithin(-upTo, -above - 1);
  if (isWithin(FIRST_YYYYMMDD, LAST_YYYYMMDD)) return 'yyyymmdd';
  const isSeconds = isWithin(LAST_YYYYMMDD + 1, LARGEST_SECONDS) || isWithin(-LARGEST_SECONDS, FIRST_YYYYMMDD - 1);
  if (isSeconds) return 'seconds';
  if (isMagnitude(LARGEST_SECONDS, LARGEST_MILLISECONDS)) return 'milliseconds';
  if (isMagnitude(LARGEST_MILLISECONDS, LARGEST_MICROSECONDS)) return 'microseconds';
  return low > LARGEST_MICROSECONDS || high < -LARGEST_MICROSECONDS ? 'nanoseconds' : undefined;
}

/** In whole numbers throughout: nanoseconds of today do not fit into a DOUBLE. */
function epochInteger(number: string, zone: string): string {
  const day = `TRY_CAST(TRY_STRPTIME(CAST(${number} AS VARCHAR), '%Y%m%d') AS TIMESTAMP)`;
  return [
    'CASE',
    `WHEN ${number} BETWEEN ${FIRST_YYYYMMDD} AND ${LAST_YYYYMMDD} THEN ${localDay(day, zone)}`,
    `WHEN ${number} BETWEEN -${LARGEST_SECONDS} AND ${LARGEST_SECONDS} THEN ${number} * 1000000`,
    `WHEN ${number} BETWEEN -${LARGEST_MILLISECONDS} AND ${LARGEST_MILLISECONDS} THEN ${number} * 1000`,
    `WHEN ${number} BETWEEN -${LARGEST_MICROSECONDS} AND ${LARGEST_MICROSECONDS} THEN ${number}`,
    `ELSE ${number} // 1000`,
    'END',
  ].join(' ');
}

function epochReal(number: string): string {
  return [
    'CASE',
    `WHEN NOT isfinite(${number}) THEN NULL`,
    `WHEN abs(${number}) <= ${LARGEST_SECONDS} THEN CAST(floor(${number} * 1e6) AS BIGINT)`,
    `WHEN abs(${number}) <= ${LARGEST_MILLISECONDS} THEN CAST(floor(${number} * 1e3) AS BIGINT)`,
    `WHEN abs(${number}) <= ${LARGEST_MICROSECONDS} THEN CAST(floor(${number}) AS BIGINT)`,
    `ELSE TRY_CAST(floor(${number} / 1e3) AS BIGINT)`,
    'END',
  ].join(' ');
}

function fromText(text: string, zone: string): string {
  return [
    'CASE',
    `WHEN regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') THEN ${localDay(`TRY_CAST(${text} AS TIMESTAMP)`, zone)}`,
    `WHEN regexp_full_match(${text}, '-?\\d+') THEN ${epochInteger(`TRY_CAST(${text} AS BIGINT)`, zone)}`,
    `WHEN regexp_full_match(${text}, '-?\\d+\\.\\d+') THEN ${epochReal(`TRY_CAST(${text} AS DOUBLE)`)}`,
    `ELSE epoch_us(TRY_CAST(${text} AS TIMESTAMPTZ))`,
    'END',
  ].join(' ');
}

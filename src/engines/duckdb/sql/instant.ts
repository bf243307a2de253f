import type { TypeFamily } from '../../../domain/source-type.ts';
import { epochInteger, epochReal, localDay } from './epoch.ts';
import { quoteIdentifier } from './quote.ts';

const HOUR_US = 3_600_000_000;

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
      return epochReal(`CAST(${name} AS DOUBLE)`, zone);
    case 'text':
      return fromText(`trim(CAST(${name} AS VARCHAR))`, zone);
    case 'json':
      return fromText(`trim(${name} ->> '$')`, zone);
    default:
      return undefined;
  }
}

/**
 * The numbers of a column that is one time, as DOUBLE: their magnitude tells in which unit they are read. Undefined for
 * types that hold none.
 */
export function timeNumberSql(column: string, family: TypeFamily): string | undefined {
  const name = quoteIdentifier(column);
  switch (family) {
    case 'integer':
    case 'real':
      return `CAST(${name} AS DOUBLE)`;
    case 'text':
      return `TRY_CAST(trim(CAST(${name} AS VARCHAR)) AS DOUBLE)`;
    case 'json':
      return `TRY_CAST(trim(${name} ->> '$') AS DOUBLE)`;
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

function fromText(text: string, zone: string): string {
  return [
    'CASE',
    `WHEN regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') THEN ${localDay(`TRY_CAST(${text} AS TIMESTAMP)`, zone)}`,
    `WHEN regexp_full_match(${text}, '-?\\d+') THEN ${epochInteger(`TRY_CAST(${text} AS BIGINT)`, zone)}`,
    `WHEN regexp_full_match(${text}, '-?\\d+\\.\\d+') THEN ${epochReal(`TRY_CAST(${text} AS DOUBLE)`, zone)}`,
    `ELSE epoch_us(TRY_CAST(${text} AS TIMESTAMPTZ))`,
    'END',
  ].join(' ');
}

import { type EpochUnit, epochUnit } from '../../domain/epoch-unit.ts';
import { DriftbellError } from '../../domain/errors.ts';
import type { EpochMs } from '../../domain/identifiers.ts';
import type { TypeFamily } from '../../domain/source-type.ts';
import { timeColumnsOf } from '../../domain/time-columns.ts';
import { windowAt } from '../../domain/window.ts';
import type { FutureRows, ProfilePlan, TimeRange } from '../../ports/statistics-engine.ts';
import type { Query, Row } from './connection.ts';
import { sourceError } from './engine-error.ts';
import { type OpenedColumn, type OpenedSource, openSource, reopenTolerantly, requireColumn } from './open-source.ts';
import { compositeInstantSql, instantSql, timeNumberSql } from './sql/instant.ts';
import { timeRangeSql } from './sql/time-range-sql.ts';
import { toCount, toNumber, toText } from './values.ts';

/** A column is no time column when more of its values than this share cannot be read as instants. */
const UNREADABLE_SHARE = 0.01;
const US_PER_MS = 1000;

/** The first and last instant of the source, of rows until `latestMs`. */
export async function readTimeRange(plan: ProfilePlan, query: Query, latestMs?: EpochMs): Promise<TimeRange> {
  const rangeIn = async (source: OpenedSource): Promise<TimeRange> =>
    rangeOf(await rangeRow(source, plan, { query, latestMs }), requireTime(source, plan), { plan, latestMs });
  const opened = await openSource(plan.source, query);
  try {
    return await rangeIn(opened);
  } catch (thrown) {
    if (thrown instanceof DriftbellError) throw thrown;
    const tolerant = await reopenTolerantly(opened, query).catch(() => undefined);
    if (tolerant === undefined) throw sourceError(thrown, plan.source.location);
    try {
      return await rangeIn(tolerant);
    } catch (again) {
      throw sourceError(again, plan.source.location);
    }
  }
}

/** The time of a row: a column, or several that together make one. */
export interface TimeOfRow {
  readonly columns: readonly [OpenedColumn, ...OpenedColumn[]];
  readonly instant: string;
  /** True where the path of a file tells the time of all its rows. */
  readonly isPartition: boolean;
}

/** Throws `source.column_missing`, `source.time_unusable`. */
export function requireTime(opened: OpenedSource, plan: ProfilePlan): TimeOfRow {
  const names = timeColumnsOf(
    plan.timeColumn,
    opened.columns.map(({ name }) => name),
  ) ?? [plan.timeColumn];
  const [first, ...others] = names.map((name) => requireColumn(opened, name, 'a time column'));
  if (first === undefined) throw new Error('a time of no column');
  const columns = [first, ...others] as const;
  const instant = instantOf(columns, plan.zone);
  if (instant === undefined) throw unusable(columns, `of type ${columns.map(({ type }) => type).join(', ')}`);
  const partitions = Object.keys(opened.relation.partitions ?? {});
  return { columns, instant, isPartition: names.every((name) => partitions.includes(name)) };
}

/** Undefined where these columns are no time. */
export function instantOf(
  columns: readonly { readonly name: string; readonly family: TypeFamily }[],
  zone: string,
): string | undefined {
  const [only, ...others] = columns;
  if (only === undefined || others.length > 0) return compositeInstantSql(columns, zone);
  return instantSql(only.name, only.family, zone);
}

async function rangeRow(
  opened: OpenedSource,
  plan: ProfilePlan,
  { query, latestMs }: { readonly query: Query; readonly latestMs: EpochMs | undefined },
): Promise<Row> {
  const { columns, instant } = requireTime(opened, plan);
  const [{ name, family }, ...others] = columns;
  const number = others.length === 0 ? timeNumberSql(name, family) : undefined;
  const time = {
    ...{ columns: columns.map((column) => column.name), instant },
    ...(number === undefined ? {} : { number }),
    ...(latestMs === undefined ? {} : { latestUs: Math.floor(latestMs) * US_PER_MS }),
  };
  return (await query(timeRangeSql(opened.sql, time)))[0] ?? {};
}

function rangeOf(
  row: Row,
  { columns }: TimeOfRow,
  { plan, latestMs }: { readonly plan: ProfilePlan; readonly latestMs: EpochMs | undefined },
): TimeRange {
  const rows = toCount(row.n);
  const present = toCount(row.present);
  const usable = toCount(row.usable);
  if (rows === 0) {
    throw new DriftbellError('source.empty', {
      expected: `rows in ${plan.source.location}`,
      received: 'none',
      remedy: 'run again when rows have landed',
    });
  }
  if (present - usable > present * UNREADABLE_SHARE) {
    const example = toText(row.example) ?? '';
    throw unusable(
      columns,
      `of type ${columns.map(({ type }) => type).join(', ')} holding ${JSON.stringify(example)} (${present - usable} of ${present} values)`,
    );
  }
  const firstUs = toNumber(row.first_us);
  const lastUs = toNumber(row.last_us);
  const future = latestMs === undefined ? undefined : futureOf(row, latestMs);
  if (lastUs === null && future !== undefined) throw allInFuture(columns, future, plan);
  if (firstUs === null || lastUs === null) throw unusable(columns, 'without a single value');
  const numbers = numbersOf(row);
  if (numbers !== undefined && isWrittenHours(numbers)) {
    const { low, high } = numbers;
    throw unusable(columns, `holding ${low} to ${high}: hours written as YYYYMMDDHH`);
  }
  return {
    ...{ firstMs: Math.floor(firstUs / US_PER_MS), lastMs: Math.floor(lastUs / US_PER_MS) },
    ...(numbers === undefined ? {} : { readAs: numbers.readAs }),
    ...(usable < rows ? { unplacedRows: rows - usable } : {}),
    ...(future === undefined ? {} : { future }),
  };
}

function futureOf(row: Row, afterMs: EpochMs): FutureRows | undefined {
  const [rows, latestUs] = [toCount(row.later), toNumber(row.latest_us)];
  return rows === 0 || latestUs === null ? undefined : { rows, lastMs: Math.floor(latestUs / US_PER_MS), afterMs };
}

const READ_AS: Readonly<Record<EpochUnit, string>> = {
  yyyymmdd: 'days written as YYYYMMDD',
  seconds: 'seconds since 1970',
  milliseconds: 'milliseconds since 1970',
  microseconds: 'microseconds since 1970',
  nanoseconds: 'nanoseconds since 1970',
};

interface TimeNumbers {
  readonly low: bigint;
  readonly high: bigint;
  readonly readAs: string;
}

/** Undefined where no number is read as a time. */
function numbersOf(row: Row): TimeNumbers | undefined {
  const [lowest, highest] = [toNumber(row.low ?? null), toNumber(row.high ?? null)];
  if (lowest === null || highest === null) return undefined;
  const [low, high] = [BigInt(Math.floor(lowest)), BigInt(Math.floor(highest))];
  const unit = epochUnit(low, high);
  return { low, high, readAs: unit === undefined ? 'numbers, each by its size' : READ_AS[unit] };
}

/** Seconds of 2030 to 2036 are as long; one in a hundred of them looks like this by chance, so both ends must. */
const WRITTEN_HOUR = /^20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/;

function isWrittenHours({ low, high }: TimeNumbers): boolean {
  return [low, high].every((number) => WRITTEN_HOUR.test(String(number)));
}

/** A whole table in the future is read wrongly, or the clock of this machine is wrong. */
function allInFuture(columns: readonly OpenedColumn[], { lastMs }: FutureRows, { zone }: ProfilePlan): DriftbellError {
  const { received } = unusable(
    columns,
    `whose rows all lie in the future, the last on ${windowAt(lastMs, zone, 'day').key}`,
  ).facts;
  return new DriftbellError('source.time_unusable', {
    expected: 'rows that are not in the future',
    received,
    remedy: 'look at the time column and at the clock of this machine',
  });
}

function unusable(columns: readonly OpenedColumn[], what: string): DriftbellError {
  const names = columns.map(({ name }) => JSON.stringify(name));
  return new DriftbellError('source.time_unusable', {
    expected:
      columns.length === 1
        ? 'a time column of timestamps, dates, ISO 8601 text, or numbers that are days as YYYYMMDD or times from 1980 to 2100 in seconds, milliseconds, microseconds or nanoseconds since 1970'
        : 'the parts of a time as year/month/day, year/month/day/hour, date/hour or date/time',
    received: `${names.length === 1 ? 'column' : 'columns'} ${names.join(', ')} ${what}`,
    remedy: 'name another time column',
  });
}

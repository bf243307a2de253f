import { DriftbellError } from '../../domain/errors.ts';
import type { ProfilePlan, TimeRange } from '../../ports/statistics-engine.ts';
import type { Query, Row } from './connection.ts';
import { sourceError } from './engine-error.ts';
import { type OpenedColumn, type OpenedSource, openSource, reopenTolerantly, requireColumn } from './open-source.ts';
import { instantSql } from './sql/instant.ts';
import { timeRangeSql } from './sql/time-range-sql.ts';
import { toCount, toNumber, toText } from './values.ts';

/** A column is no time column when more of its values than this share cannot be read as instants. */
const UNREADABLE_SHARE = 0.01;
const US_PER_MS = 1000;

/** The first and last instant of the source. */
export async function readTimeRange(plan: ProfilePlan, query: Query): Promise<TimeRange> {
  const opened = await openSource(plan.source, query);
  try {
    return rangeOf(await rangeRow(opened, plan, query), requireTime(opened, plan), plan);
  } catch (thrown) {
    if (thrown instanceof DriftbellError) throw thrown;
    const tolerant = await reopenTolerantly(opened, query).catch(() => undefined);
    if (tolerant === undefined) throw sourceError(thrown, plan.source.location);
    try {
      return rangeOf(await rangeRow(tolerant, plan, query), requireTime(tolerant, plan), plan);
    } catch (again) {
      throw sourceError(again, plan.source.location);
    }
  }
}

export function requireTime(opened: OpenedSource, plan: ProfilePlan): OpenedColumn & { readonly instant: string } {
  const column = requireColumn(opened, plan.timeColumn, 'a time column');
  const instant = instantSql(column.name, column.family, plan.zone);
  if (instant === undefined) throw unusable(column, `of type ${column.type}`);
  return { ...column, instant };
}

async function rangeRow(opened: OpenedSource, plan: ProfilePlan, query: Query): Promise<Row> {
  const column = requireTime(opened, plan);
  return (await query(timeRangeSql(opened.sql, column.name, column.instant)))[0] ?? {};
}

function rangeOf(row: Row, column: OpenedColumn, plan: ProfilePlan): TimeRange {
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
      column,
      `of type ${column.type} holding ${JSON.stringify(example)} (${present - usable} of ${present} values)`,
    );
  }
  const firstUs = toNumber(row.first_us);
  const lastUs = toNumber(row.last_us);
  if (firstUs === null || lastUs === null) throw unusable(column, 'without a single value');
  const range = { firstMs: Math.floor(firstUs / US_PER_MS), lastMs: Math.floor(lastUs / US_PER_MS) };
  return usable < rows ? { ...range, unplacedRows: rows - usable } : range;
}

function unusable(column: OpenedColumn, what: string): DriftbellError {
  return new DriftbellError('source.time_unusable', {
    expected: 'a time column of timestamps, dates, ISO 8601 text or seconds since 1970',
    received: `column ${JSON.stringify(column.name)} ${what}`,
    remedy: 'name another time column',
  });
}

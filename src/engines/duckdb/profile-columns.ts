import { ALL_TRAFFIC, type ColumnProblem } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { Bins, ColumnAggregate } from '../../ports/statistics-engine.ts';
import { withTolerance } from './categories.ts';
import { engineReason, isInterruption } from './engine-error.ts';
import { type PlanColumn, readAggregate, type Traffic, unreadAggregate } from './read-aggregate.ts';
import type { Reading, Scanning } from './scanning.ts';
import { type ColumnSql, columnSql } from './sql/column-sql.ts';
import { withObserved } from './sql/observed-sql.ts';
import { profileSql } from './sql/profile-sql.ts';
import { toCount, toText } from './values.ts';

/** Two scans of one source must see the same rows, or a column's rates would be of other rows than the traffic. */
const DIFFERENT_ROWS = 'the source changed while it was read, or its times cannot be read together with this column';

export interface ColumnsJob {
  readonly scanning: Scanning;
  readonly windows: readonly Window[];
  /** Windows and segments that have rows. */
  readonly traffic: readonly Traffic[];
  readonly categories: ReadonlyMap<string, readonly string[]>;
  readonly bins?: ReadonlyMap<string, Bins>;
  readonly vectorLengths?: ReadonlyMap<string, number | null>;
  readonly isLean?: boolean;
}

/** Aggregates of a chunk of columns; of a column that breaks the scan only the problem. */
export function profileColumns(job: ColumnsJob, columns: readonly PlanColumn[]): Promise<ColumnAggregate[]> {
  return scanOrEach(job.scanning, columns, {
    scan: (reading, some) => scanColumns(job, reading, some),
    failed(column, thrown) {
      const problem: ColumnProblem = { code: 'unreadable', text: engineReason(thrown) };
      return job.traffic.map((traffic) => unreadAggregate(traffic, column, problem));
    },
  });
}

/** Scans columns together, and when that fails each on its own, so that only the bad one is lost. */
export async function scanOrEach<T>(
  scanning: Scanning,
  columns: readonly PlanColumn[],
  of: {
    readonly scan: (reading: Reading, columns: readonly PlanColumn[]) => Promise<T[]>;
    readonly failed: (column: PlanColumn, thrown: unknown) => T[];
  },
): Promise<T[]> {
  try {
    return await of.scan(scanning.reading, columns);
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
  }
  const results: T[] = [];
  for (const column of columns) {
    try {
      results.push(...(await withTolerance(scanning, (reading) => of.scan(reading, [column]))));
    } catch (thrown) {
      if (isInterruption(thrown)) throw thrown;
      results.push(...of.failed(column, thrown));
    }
  }
  return results;
}

async function scanColumns(
  job: ColumnsJob,
  reading: Reading,
  columns: readonly PlanColumn[],
): Promise<ColumnAggregate[]> {
  const sql = columns.map((column, position) => sqlOf(job, reading, { column, position }));
  const rows = await job.scanning.query(profileSql(reading.scan, job.windows, sql));
  const byPlace = new Map(rows.map((row) => [place(toCount(row.w), toText(row.segment) ?? ALL_TRAFFIC), row]));
  const indexes = new Map(job.windows.map((window, index) => [window.key, index]));
  return job.traffic.flatMap((traffic) => {
    const row = byPlace.get(place(indexes.get(traffic.window.key) ?? -1, traffic.segment));
    if (row === undefined || toCount(row.n) !== traffic.rows) throw new Error(DIFFERENT_ROWS);
    return columns.map((column, position) => {
      const bins = job.bins?.get(column.name);
      const categories = job.categories.get(column.name) ?? [];
      const vectorLength = job.vectorLengths?.get(column.name) ?? null;
      return readAggregate(row, position, {
        ...{ traffic, column, categories, vectorLength },
        ...(bins === undefined ? {} : { bins }),
      });
    });
  });
}

function sqlOf(
  job: ColumnsJob,
  reading: Reading,
  of: { readonly column: PlanColumn; readonly position: number },
): ColumnSql {
  const { column, position } = of;
  const family = reading.column(column.name)?.family ?? 'unknown';
  const categories = job.categories.get(column.name);
  const bins = job.bins?.get(column.name);
  const planned = {
    name: column.name,
    kind: column.kind,
    family,
    ...(column.defaultValue === undefined ? {} : { defaultValue: column.defaultValue }),
    ...(categories === undefined ? {} : { categories }),
    ...(bins === undefined ? {} : { bins }),
    vectorLength: job.vectorLengths?.get(column.name) ?? null,
    isLean: job.isLean === true,
  };
  const sql = columnSql(planned, position);
  if (sql === undefined) throw new Error(`a column of type family ${family} cannot be read as ${column.kind}`);
  if (column.role !== 'score' || reading.label === undefined) return sql;
  return withObserved(sql, position, reading.label) ?? sql;
}

function place(window: number, segment: string): string {
  return `${window} ${segment}`;
}

import { ALL_TRAFFIC, type ColumnProblem } from '../../domain/statistic.ts';
import type { ColumnAggregate } from '../../ports/statistics-engine.ts';
import { type ColumnsJob, DIFFERENT_ROWS, place, placesOf } from './columns-job.ts';
import { engineReason } from './engine-error.ts';
import { scanCategories } from './profile-categories.ts';
import { type PlanColumn, readAggregate, unreadAggregate } from './read-aggregate.ts';
import { scanOrEach } from './scan-or-each.ts';
import type { Reading } from './scanning.ts';
import { type ColumnSql, columnSql } from './sql/column-sql.ts';
import { withObserved } from './sql/observed-sql.ts';
import { profileSql } from './sql/profile-sql.ts';
import { toCount, toText } from './values.ts';

/** Aggregates of a chunk of `columnChunks`; of a column that breaks the scan only the problem. */
export function profileColumns(job: ColumnsJob, columns: readonly PlanColumn[]): Promise<ColumnAggregate[]> {
  const isCategorical = columns.every(({ kind }) => kind === 'categorical');
  return scanOrEach(job.scanning, columns, {
    scan: (reading, some) => (isCategorical ? scanCategories : scanColumns)(job, reading, some),
    failed(column, thrown) {
      const problem: ColumnProblem = { code: 'unreadable', text: engineReason(thrown) };
      return job.traffic.map((traffic) => unreadAggregate(traffic, column, problem));
    },
  });
}

async function scanColumns(
  job: ColumnsJob,
  reading: Reading,
  columns: readonly PlanColumn[],
): Promise<ColumnAggregate[]> {
  const sql = columns.map((column, position) => sqlOf(job, reading, { column, position }));
  const rows = await job.scanning.query(profileSql(reading.scan, job.windows, sql));
  const byPlace = new Map(rows.map((row) => [place(toCount(row.w), toText(row.segment) ?? ALL_TRAFFIC), row]));
  const placeOf = placesOf(job.windows);
  return job.traffic.flatMap((traffic) => {
    const row = byPlace.get(placeOf(traffic));
    if (row === undefined || toCount(row.n) !== traffic.rows) throw new Error(DIFFERENT_ROWS);
    return columns.map((column, position) => {
      const bins = job.bins?.get(column.name);
      const vectorLength = job.vectorLengths?.get(column.name) ?? null;
      return readAggregate(row, position, {
        ...{ traffic, column, vectorLength },
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
  const bins = job.bins?.get(column.name);
  const planned = {
    name: column.name,
    kind: column.kind,
    family,
    ...(column.defaultValue === undefined ? {} : { defaultValue: column.defaultValue }),
    ...(bins === undefined ? {} : { bins }),
    vectorLength: job.vectorLengths?.get(column.name) ?? null,
    isLean: job.isLean === true,
  };
  const sql = columnSql(planned, position);
  if (sql === undefined) throw new Error(`a column of type family ${family} cannot be read as ${column.kind}`);
  if (column.role !== 'score' || reading.label === undefined) return sql;
  return withObserved(sql, position, reading.label) ?? sql;
}

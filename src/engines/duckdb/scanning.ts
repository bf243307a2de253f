import { DriftbellError } from '../../domain/errors.ts';
import type { ColumnProblem } from '../../domain/statistic.ts';
import type { ProfilePlan } from '../../ports/statistics-engine.ts';
import type { Query } from './connection.ts';
import { findColumn, type OpenedColumn, type OpenedSource, reopenTolerantly, requireColumn } from './open-source.ts';
import type { PlanColumn } from './read-aggregate.ts';
import { categoryText, columnSql } from './sql/column-sql.ts';
import type { Scan } from './sql/profile-sql.ts';
import { STAGED_TABLE } from './sql/stage-sql.ts';
import { requireTime } from './time-range.ts';

/** A way to read the source for one plan. */
export interface Reading {
  readonly scan: Scan;
  column(name: string): OpenedColumn | undefined;
  readonly label?: OpenedColumn;
}

/** The ways to read a source, and what is known of its columns before any is read. */
export interface Scanning {
  readonly query: Query;
  readonly reading: Reading;
  /** The reading that no cell can break, opened when first asked for; undefined where there is none. */
  tolerant(): Promise<Reading | undefined>;
  /** Why a column cannot be read at all. */
  problemOf(column: PlanColumn): ColumnProblem | undefined;
}

/** Throws `source.column_missing` and `source.time_unusable`: without a time there is nothing to compute. */
export function prepareScan(opened: OpenedSource, plan: ProfilePlan, query: Query): Scanning {
  const reading = readingOf(opened, plan);
  const timeNames = requireTime(opened, plan).columns.map(({ name }) => name);
  let tolerant: Promise<Reading | undefined> | undefined;
  return {
    query,
    reading,
    tolerant() {
      tolerant ??= reopenTolerantly(opened, query, timeNames).then((again) =>
        again ? readingOf(again, plan) : undefined,
      );
      return tolerant;
    },
    problemOf(column) {
      const found = reading.column(column.name);
      if (found === undefined) return { code: 'column_vanished', text: 'is gone from the source' };
      const sql = columnSql({ name: column.name, kind: column.kind, family: found.family }, 0);
      return sql === undefined
        ? { code: 'unreadable', text: `a column of type ${found.type} cannot be read as ${column.kind}` }
        : undefined;
    },
  };
}

function readingOf(opened: OpenedSource, plan: ProfilePlan): Reading {
  const time = requireTime(opened, plan);
  const { prunable } = opened;
  const rowNumber = rowNumberOf(opened);
  const base = {
    ...{ relation: opened.sql, instant: time.instant },
    ...(prunable === undefined ? {} : { prunable }),
    ...(rowNumber === undefined ? {} : { rowNumber }),
  };
  const label = plan.labelColumn === undefined ? undefined : findColumn(opened, plan.labelColumn);
  const scan =
    plan.segmentColumn === undefined
      ? base
      : { ...base, segment: segmentOf(requireColumn(opened, plan.segmentColumn, 'a segment column')) };
  return {
    scan,
    column: (name) => findColumn(opened, name),
    ...(label === undefined ? {} : { label }),
  };
}

/** Undefined where the reader has none, or a column of the source hides it. */
function rowNumberOf({ sql, relation, columns }: OpenedSource): string | undefined {
  const ofFormat = relation.format === 'parquet' ? 'file_row_number' : undefined;
  const name = sql === STAGED_TABLE ? 'rowid' : ofFormat;
  return columns.some((column) => column.name.toLowerCase() === name) ? undefined : name;
}

/** The same source and plan, read with a scan that differs. */
export function withScan(scanning: Scanning, change: (scan: Scan) => Scan): Scanning {
  const changed = (reading: Reading): Reading => ({ ...reading, scan: change(reading.scan) });
  return {
    ...scanning,
    reading: changed(scanning.reading),
    async tolerant() {
      const tolerant = await scanning.tolerant();
      return tolerant === undefined ? undefined : changed(tolerant);
    },
  };
}

function segmentOf(column: OpenedColumn): { column: string; family: OpenedColumn['family'] } {
  if (categoryText(column.name, column.family) !== undefined) return { column: column.name, family: column.family };
  throw new DriftbellError('usage.invalid', {
    expected: 'a segment column of plain values',
    received: `column ${JSON.stringify(column.name)} of type ${column.type}`,
    remedy: 'name another segment column, or none',
  });
}

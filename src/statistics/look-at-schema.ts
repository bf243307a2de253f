import { isAllTraffic } from '../domain/all-traffic.ts';
import type { LeftOutColumn } from '../domain/column.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { TypedColumn } from '../domain/profile.ts';
import { type ColumnStatistics, isUnread } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { type RegisteredColumns, type SchemaChanges, schemaChanges } from './schema-changes.ts';
import {
  isOfWholeType,
  newColumn,
  newColumnRow,
  vanishedProblem,
  vanishedRow,
  withoutLabel,
  withTypeProblem,
} from './schema-problems.ts';

/** What was known of a source's columns before. */
export interface SchemaHistory {
  readonly registered: RegisteredColumns;
  /** Those of the others that came later. */
  readonly newColumns: readonly LeftOutColumn[];
  /** False where the owner named the columns to watch: then others that come are kept in mind and not told. */
  readonly isNewsWelcome: boolean;
  /** Start of the newest window that is stored: what is stored of older ones was true when it was stored. */
  readonly sinceMs: EpochMs;
  stored(window: Window): readonly ColumnStatistics[];
}

export interface SchemaLook {
  readonly schema: SchemaHistory;
  readonly rows: readonly ColumnStatistics[];
  readonly columns: readonly TypedColumn[];
  /** True where the source is many files, each with columns of its own. */
  readonly isMany: boolean;
  /** The newest window with rows, where the columns of today may be held against it. */
  readonly newest: Window | undefined;
  /** Of many files: the columns of those that hold the newest window, where it was worth asking. */
  readonly inNewest?: readonly TypedColumn[];
  readonly labelColumn: string | undefined;
}

export interface SchemaFindings {
  readonly rows: readonly ColumnStatistics[];
  readonly added: readonly LeftOutColumn[];
}

/** The rows of windows with what the columns of their source tell, and the columns that were never seen before. Pure. */
export function lookAtSchema(look: SchemaLook): SchemaFindings {
  const { schema, columns, newest } = look;
  const changes = schemaChanges(schema.registered, columns);
  const ofNewest = schemaChanges(schema.registered, look.inNewest ?? columns);
  const stored = storedRows(schema);
  const rows = look.rows.map((row) => {
    const isNewest = row.window.startMs === newest?.startMs;
    const known = isNewest ? ofNewest : changes;
    // Types of many files together are those of their union, which one old file may have widened.
    const areTypesKnown = !look.isMany || (isNewest && look.inNewest !== undefined);
    const before = row.window.startMs < schema.sinceMs ? () => stored(row) : undefined;
    return withLabel(withChanges(row, { ...known, changed: areTypesKnown ? known.changed : [] }, before), look);
  });
  if (newest === undefined) return { rows: [...rows, ...toldBefore(look)], added: [] };
  const told = schema.isNewsWelcome ? changes.added : [];
  const traffic = rows.find((row) => isAllTraffic(row) && row.window.startMs === newest.startMs)?.rows ?? 0;
  return {
    rows: [
      ...rows,
      ...toldBefore(look),
      ...told.map((column) => newColumnRow(column, { window: newest, rows: traffic })),
    ],
    added: changes.added.map((column) => newColumn(column, newest)),
  };
}

/** True where only the files of the newest window themselves can say what is wrong with a column. */
export function isWorthOpening({ schema, rows, columns, newest }: SchemaLook): boolean {
  if (schemaChanges(schema.registered, columns).changed.length > 0) return true;
  return rows.some((row) => row.window.startMs === newest?.startMs && isAllMissing(row));
}

/** The newest window with rows that is not older than what is stored. */
export function newestWithRows(rows: readonly ColumnStatistics[], sinceMs: EpochMs): Window | undefined {
  let newest: Window | undefined;
  for (const row of rows) {
    const { window } = row;
    if (!isAllTraffic(row) || row.rows === 0 || window.startMs < sinceMs) continue;
    if (newest === undefined || window.startMs > newest.startMs) newest = window;
  }
  return newest;
}

/** `before`: what is stored of the row of an older window; absent for a window of today, which is as the source is. */
function withChanges(
  row: ColumnStatistics,
  changes: SchemaChanges,
  before: (() => ColumnStatistics | undefined) | undefined,
): ColumnStatistics {
  if (row.role === 'traffic' || row.rows === 0) return row;
  const isUnreadNow = row.problems.some(isUnread);
  if (isUnreadNow || isAllMissing(row)) {
    const stored = before?.();
    const hasVanished = stored?.problems.some(({ code }) => code === 'column_vanished') === true;
    if (stored !== undefined && (isUnreadNow ? !stored.problems.some(isUnread) : hasVanished)) return stored;
  }
  const gone = changes.vanished.find(({ name }) => name === row.column);
  if (row.problems.some(({ code }) => code === 'column_vanished')) {
    return { ...row, problems: [vanishedProblem(gone?.successor)] };
  }
  if (gone !== undefined && isAllMissing(row)) return vanishedRow(row, gone.successor);
  const change = changes.changed.find(({ name }) => name === row.column);
  if (change === undefined) return row;
  const isProven = before?.()?.problems.some(isOfWholeType) === false;
  return isProven ? row : { ...row, problems: withTypeProblem(row.problems, change) };
}

function withLabel(row: ColumnStatistics, { labelColumn, columns }: SchemaLook): ColumnStatistics {
  const isThere = labelColumn === undefined || columns.some(({ name }) => name === labelColumn);
  return isThere || row.role !== 'score' || row.rows === 0 ? row : withoutLabel(row, labelColumn);
}

/** Rows of new columns in windows that are computed again: what was told stays. */
function toldBefore({ schema, rows }: SchemaLook): ColumnStatistics[] {
  if (schema.newColumns.length === 0) return [];
  const names = new Set(schema.newColumns.map(({ name }) => name));
  const windows = rows.filter((row) => isAllTraffic(row) && row.window.startMs <= schema.sinceMs);
  return windows.flatMap(({ window }) => schema.stored(window).filter(({ column }) => names.has(column)));
}

/** The stored row of a column in the window and segment of another; each window is read once, and only when asked. */
function storedRows(schema: SchemaHistory): (row: ColumnStatistics) => ColumnStatistics | undefined {
  const windows = new Map<EpochMs, ReadonlyMap<string, ColumnStatistics>>();
  const nameOf = ({ segment, column }: ColumnStatistics) => JSON.stringify([segment, column]);
  return (row) => {
    const { startMs } = row.window;
    const known = windows.get(startMs) ?? new Map(schema.stored(row.window).map((each) => [nameOf(each), each]));
    windows.set(startMs, known);
    return known.get(nameOf(row));
  };
}

function isAllMissing({ problems }: ColumnStatistics): boolean {
  return problems.some(({ code }) => code === 'all_missing');
}

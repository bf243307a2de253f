import type { LeftOutColumn } from '../domain/column.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import { ALL_TRAFFIC, type ColumnProblem, type ColumnStatistics, isUnread } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { meaningOf, type SchemaChanges } from './schema-changes.ts';

export interface SchemaLook {
  readonly changes: SchemaChanges;
  /** Windows from here on are read as the source is today; what is stored of older ones was true when it was stored. */
  readonly sinceMs: EpochMs;
  /** What is stored of a window already. */
  stored(window: Window): readonly ColumnStatistics[];
}

/**
 * The rows of windows with what their source's columns tell: a column that has vanished or become of another type. A
 * window that was read before keeps what was read of it. Pure.
 */
export function withSchemaProblems(rows: readonly ColumnStatistics[], look: SchemaLook): ColumnStatistics[] {
  const vanished = new Map(look.changes.vanished.map((change) => [change.name, change]));
  const changed = new Map(look.changes.changed.map((change) => [change.name, change]));
  const before = storedRows(look);
  return rows.map((row) => {
    const isOlder = row.window.startMs < look.sinceMs;
    if (row.problems.some(({ code }) => code === 'column_vanished')) {
      const stored = isOlder ? before(row) : undefined;
      if (stored !== undefined && !stored.problems.some(isUnread)) return stored;
      const successor = vanished.get(row.column)?.successor;
      return successor === undefined ? row : { ...row, problems: [vanishedProblem(successor)] };
    }
    const change = changed.get(row.column);
    if (change === undefined || row.role === 'traffic' || row.rows === 0) return row;
    const isKnown = before(row)?.problems.some(isOfWholeType);
    return isOlder && isKnown !== true ? row : { ...row, problems: changedProblems(row.problems, change) };
  });
}

/** A column as it is where its files do not have it: no figure, only the problem. */
export function vanishedRow(row: ColumnStatistics, successor?: string): ColumnStatistics {
  const { shares: _shares, dimensionMeans: _means, histogram: _histogram, ...kept } = row;
  const statistics = Object.fromEntries(Object.keys(row.statistics).map((name) => [name, null]));
  return { ...kept, statistics, problems: [vanishedProblem(successor)] };
}

/** A row of its own for each column that is seen for the first time, in the window in which it is. */
export function newColumnRows(
  window: Window,
  rows: number,
  added: SchemaChanges['added'],
): { readonly rows: readonly ColumnStatistics[]; readonly columns: readonly LeftOutColumn[] } {
  return {
    rows: added.map(({ name, type }) => ({
      window,
      segment: ALL_TRAFFIC,
      column: name,
      role: 'feature',
      rows,
      statistics: {},
      problems: [{ code: 'column_new', text: `is new in the source and is not watched yet (${type})` }],
    })),
    columns: added.map(({ name, type }) => ({ name, type, reason: `new since ${window.key}, not watched` })),
  };
}

function vanishedProblem(successor?: string): ColumnProblem {
  const rename = successor === undefined ? '' : `; \`${successor}\` is new and of the same type`;
  return { code: 'column_vanished', text: `is gone from the source${rename}` };
}

function changedProblems(
  problems: readonly ColumnProblem[],
  { from, to }: SchemaChanges['changed'][number],
): ColumnProblem[] {
  const odd = problems.find(({ code }) => code === 'type_changed');
  const values = odd === undefined ? '' : `; ${odd.text}`;
  const text = `has become ${meaningOf(to) ?? to}: ${from} is now ${to}${values}`;
  return [{ code: 'type_changed', text }, ...problems.filter((problem) => problem !== odd)];
}

function isOfWholeType({ code, rows }: ColumnProblem): boolean {
  return code === 'type_changed' && rows === undefined;
}

/** The stored row of a column in the window and segment of another; each window is read once, and only when asked. */
function storedRows(look: SchemaLook): (row: ColumnStatistics) => ColumnStatistics | undefined {
  const windows = new Map<EpochMs, ReadonlyMap<string, ColumnStatistics>>();
  const name = ({ segment, column }: ColumnStatistics) => JSON.stringify([segment, column]);
  return (row) => {
    const { startMs } = row.window;
    const known = windows.get(startMs) ?? new Map(look.stored(row.window).map((each) => [name(each), each]));
    windows.set(startMs, known);
    return known.get(name(row));
  };
}

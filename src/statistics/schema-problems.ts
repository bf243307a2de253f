import type { LeftOutColumn } from '../domain/column.ts';
import { ALL_TRAFFIC, type ColumnProblem, type ColumnStatistics, isUnread } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { meaningOf, type SchemaChanges } from './schema-changes.ts';

/** The problems that a source's columns give, as predicates of the column: `is gone from the source`. */

export function vanishedProblem(successor: string | undefined): ColumnProblem {
  const rename = successor === undefined ? '' : `; \`${successor}\` is new and of the same type`;
  return { code: 'column_vanished', text: `is gone from the source${rename}` };
}

/** The problems of a column with what its type says; values that are of another type belong to the same story. */
export function withTypeProblem(
  problems: readonly ColumnProblem[],
  { from, to }: SchemaChanges['changed'][number],
): ColumnProblem[] {
  const odd = problems.find(({ code }) => code === 'type_changed');
  const values = problems.some(isUnread)
    ? '; none of its values can be read'
    : odd === undefined
      ? ''
      : `; ${odd.text}`;
  const text = `has become ${meaningOf(to) ?? to}: ${from} is now ${to}${values}`;
  return [{ code: 'type_changed', text }, ...problems.filter((problem) => problem !== odd)];
}

/** True for a change of the type itself, not of some values. */
export function isOfWholeType({ code, rows }: ColumnProblem): boolean {
  return code === 'type_changed' && rows === undefined;
}

/** A column as it is where its files do not have it: no figure, only the problem. */
export function vanishedRow(row: ColumnStatistics, successor: string | undefined): ColumnStatistics {
  const { shares: _shares, dimensionMeans: _means, histogram: _histogram, ...kept } = row;
  const statistics = Object.fromEntries(Object.keys(row.statistics).map((name) => [name, null]));
  return { ...kept, statistics, problems: [vanishedProblem(successor)] };
}

export function withoutLabel(row: ColumnStatistics, labelColumn: string): ColumnStatistics {
  const others = row.problems.filter(({ code }) => code !== 'label_missing');
  const text = `the label column \`${labelColumn}\` is gone from the source`;
  return { ...row, problems: [...others, { code: 'label_missing', text }] };
}

/** A row for a column that is seen for the first time; there are no figures of it. */
export function newColumnRow(
  column: SchemaChanges['added'][number],
  { window, rows }: { readonly window: Window; readonly rows: number },
): ColumnStatistics {
  const text = `is new in the source and is not watched yet (${column.type})`;
  return {
    window,
    segment: ALL_TRAFFIC,
    column: column.name,
    role: 'feature',
    rows,
    statistics: {},
    problems: [{ code: 'column_new', text }],
  };
}

export function newColumn({ name, type }: SchemaChanges['added'][number], window: Window): LeftOutColumn {
  return { name, type, reason: `new since ${window.key}, not watched` };
}

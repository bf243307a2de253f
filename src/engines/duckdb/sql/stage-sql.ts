import type { Window } from '../../../domain/window.ts';
import { quoteIdentifier } from './quote.ts';
import { spanOf } from './windows.ts';

export const STAGED_TABLE = 'staged_rows';

/** Copies the rows of the windows' span and the given columns into a table that spills to disk when it is large. */
export function stageSql(
  relation: string,
  windows: readonly Window[],
  of: { readonly instant: string; readonly columns: readonly string[] },
): string {
  const { fromUs, toUs } = spanOf(windows);
  return [
    `CREATE OR REPLACE TEMP TABLE ${STAGED_TABLE} AS`,
    `SELECT ${of.columns.map(quoteIdentifier).join(', ')}`,
    `FROM ${relation}`,
    `WHERE (${of.instant}) BETWEEN ${fromUs} AND ${toUs - 1}`,
  ].join('\n');
}

import type { Source } from '../../domain/model.ts';
import type { Query } from './connection.ts';
import { sourceError } from './engine-error.ts';
import { type OpenedColumn, type OpenedSource, openSource, reopenTolerantly, requireColumn } from './open-source.ts';
import { quoteIdentifier } from './sql/quote.ts';
import { toText } from './values.ts';

/** Cells of some columns as text, in the order of the rows. */
export async function readRows(
  source: Source,
  columns: readonly string[],
  of: { readonly mostRows: number; readonly query: Query },
): Promise<readonly (readonly (string | null)[])[]> {
  const { mostRows, query } = of;
  await query('SET preserve_insertion_order = true');
  const opened = await openSource(source, query);
  const read = (from: OpenedSource) => query(rowsSql(from, columns, mostRows));
  try {
    const rows = await read(opened).catch(async (thrown: unknown) => {
      const tolerant = await reopenTolerantly(opened, query);
      if (tolerant === undefined) throw thrown;
      return read(tolerant);
    });
    return rows.map((row) => columns.map((_, i) => toText(row[`c${i}`])));
  } catch (thrown) {
    throw sourceError(thrown, source.location);
  }
}

function rowsSql(opened: OpenedSource, columns: readonly string[], mostRows: number): string {
  const cells = columns.map((name, i) => `${cellSql(requireColumn(opened, name, 'a column'))} AS c${i}`);
  return `SELECT ${cells.join(', ')} FROM ${opened.sql} LIMIT ${mostRows}`;
}

/** A text inside JSON is not the JSON of that text, which has quotes around it. */
function cellSql({ name, family }: OpenedColumn): string {
  const column = quoteIdentifier(name);
  return family === 'json' ? `(${column} ->> '$')` : `CAST(${column} AS VARCHAR)`;
}

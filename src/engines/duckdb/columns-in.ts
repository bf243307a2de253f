import type { ProfilePlan, TypedColumn } from '../../domain/profile.ts';
import type { Window } from '../../domain/window.ts';
import type { Query } from './connection.ts';
import { isInterruption } from './engine-error.ts';
import { type OpenedSource, openRelation } from './open-source.ts';
import { filesSql } from './sql/files-sql.ts';
import { requireTime } from './time-range.ts';
import { toText } from './values.ts';

/**
 * The columns of those files of a source that hold rows of a window; of all files where none does, or where their times
 * cannot be read on their own: then the columns explain nothing, and the statistics go on.
 */
export async function columnsIn(
  found: OpenedSource,
  plan: ProfilePlan,
  of: { readonly window: Window; readonly query: Query },
): Promise<readonly TypedColumn[]> {
  try {
    const { instant } = requireTime(found, plan);
    const rows = await of.query(filesSql(found.sql, of.window, instant));
    const files = rows.flatMap((row) => toText(row.file) ?? []);
    if (files.length === 0) return typedColumns(found);
    return typedColumns(
      await openRelation({ ...found.relation, files, isPart: true }, found.mode, { query: of.query }),
    );
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
    return typedColumns(found);
  }
}

export function typedColumns({ columns, relation }: OpenedSource): readonly TypedColumn[] {
  return columns.map(({ name, type }) => {
    const isTypeGuessed = relation.format !== 'parquet' || Object.hasOwn(relation.partitions ?? {}, name);
    return { name, type, ...(isTypeGuessed ? { isTypeGuessed } : {}) };
  });
}

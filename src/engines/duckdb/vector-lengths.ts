import type { Window } from '../../domain/window.ts';
import type { Bins } from '../../ports/statistics-engine.ts';
import { isInterruption } from './engine-error.ts';
import type { PlanColumn } from './read-aggregate.ts';
import { withTolerance } from './scan-or-each.ts';
import type { Scanning } from './scanning.ts';
import { vectorLengthsSql } from './sql/profile-sql.ts';
import { toNumber } from './values.ts';

/** The length that vectors of each embedding have to have: that of the bins, else that of most over the windows. */
export async function vectorLengths(
  scanning: Scanning,
  columns: readonly PlanColumn[],
  of: { readonly windows: readonly Window[]; readonly bins?: ReadonlyMap<string, Bins>; readonly slots?: true },
): Promise<ReadonlyMap<string, number | null>> {
  const lengths = new Map<string, number | null>();
  for (const column of columns) {
    if (column.kind !== 'embedding' || scanning.problemOf(column) !== undefined) continue;
    const bins = of.bins?.get(column.name);
    const fixed = bins?.kind === 'embedding' ? bins.length : null;
    lengths.set(column.name, fixed ?? (await mostFrequent(scanning, column.name, of)));
  }
  return lengths;
}

/** Null where there is none, or where the column cannot be read, which its own scan will tell. */
async function mostFrequent(
  scanning: Scanning,
  column: string,
  of: { readonly windows: readonly Window[]; readonly slots?: true },
): Promise<number | null> {
  try {
    return await withTolerance(scanning, async (reading) => {
      const slots = of.slots === undefined ? {} : { slots: of.slots };
      const [row] = await scanning.query(vectorLengthsSql(reading.scan, of.windows, { column, ...slots }));
      return toNumber(row?.length);
    });
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
    return null;
  }
}

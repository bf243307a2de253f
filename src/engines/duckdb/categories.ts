import type { ColumnProblem } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { ProfilePlan } from '../../ports/statistics-engine.ts';
import { engineReason, isInterruption } from './engine-error.ts';
import type { Reading, Scanning } from './scanning.ts';
import { topCategoriesSql } from './sql/profile-sql.ts';
import { toText } from './values.ts';

export interface Categories {
  readonly byColumn: ReadonlyMap<string, readonly string[]>;
  /** Columns whose values could not be listed. */
  readonly problems: ReadonlyMap<string, ColumnProblem>;
}

/** The categories that are counted in every window: those of the plan, or the largest over the span of the windows. */
export async function topCategories(
  scanning: Scanning,
  plan: ProfilePlan,
  windows: readonly Window[],
): Promise<Categories> {
  const byColumn = new Map<string, readonly string[]>();
  const problems = new Map<string, ColumnProblem>();
  for (const column of plan.columns) {
    if (column.kind !== 'categorical' || scanning.problemOf(column) !== undefined) continue;
    const fixed = fixedCategories(plan, column.name);
    try {
      const list = (reading: Reading) =>
        listCategories(scanning, reading, { column: column.name, windows, limit: plan.topCategories });
      byColumn.set(column.name, fixed ?? (await withTolerance(scanning, list)));
    } catch (thrown) {
      if (isInterruption(thrown)) throw thrown;
      problems.set(column.name, { code: 'unreadable', text: engineReason(thrown) });
    }
  }
  return { byColumn, problems };
}

function fixedCategories(plan: ProfilePlan, column: string): readonly string[] | undefined {
  const { referenceCategories = {} } = plan;
  return Object.hasOwn(referenceCategories, column) ? referenceCategories[column] : undefined;
}

async function listCategories(
  scanning: Scanning,
  reading: Reading,
  of: { readonly column: string; readonly windows: readonly Window[]; readonly limit: number },
): Promise<readonly string[]> {
  const found = reading.column(of.column);
  if (found === undefined) return [];
  const sql = topCategoriesSql(reading.scan, of.windows, { ...of, family: found.family });
  if (sql === undefined) return [];
  return (await scanning.query(sql)).flatMap((row) => toText(row.category) ?? []);
}

/** Tries the ordinary reading, and where a cell breaks it, the tolerant one. */
export async function withTolerance<T>(scanning: Scanning, work: (reading: Reading) => Promise<T>): Promise<T> {
  try {
    return await work(scanning.reading);
  } catch (thrown) {
    const tolerant = isInterruption(thrown) ? undefined : await scanning.tolerant();
    if (tolerant === undefined) throw thrown;
    return work(tolerant);
  }
}

import type { ColumnProblem } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { ProfilePlan } from '../../ports/statistics-engine.ts';
import { categoricalsPerScan, chunksOf } from './chunks.ts';
import { engineReason } from './engine-error.ts';
import type { PlanColumn } from './read-aggregate.ts';
import { scanOrEach } from './scan-or-each.ts';
import type { Scanning } from './scanning.ts';
import { topCategoriesSql } from './sql/category-sql.ts';
import { toCount, toText } from './values.ts';

export interface Categories {
  readonly byColumn: ReadonlyMap<string, readonly string[]>;
  /** Columns whose values could not be listed. */
  readonly problems: ReadonlyMap<string, ColumnProblem>;
}

interface Listing {
  readonly windows: readonly Window[];
  readonly limit: number;
  readonly threads: number;
  /** Only rows of the windows in the table of slots. */
  readonly slots?: true;
}

/** The categories that are counted in every window: those of the plan, or the largest over the span of the windows. */
export async function topCategories(
  scanning: Scanning,
  plan: ProfilePlan,
  of: { readonly windows: readonly Window[]; readonly threads: number },
): Promise<Categories> {
  const categorical = plan.columns.filter(
    (column) => column.kind === 'categorical' && scanning.problemOf(column) === undefined,
  );
  const fixed = categorical.flatMap(({ name }) => {
    const given = fixedCategories(plan, name);
    return given === undefined ? [] : [[name, given] as const];
  });
  const open = categorical.filter(({ name }) => fixedCategories(plan, name) === undefined);
  const listed = await listCategories(scanning, open, { ...of, limit: plan.topCategories });
  return { byColumn: new Map([...fixed, ...listed.byColumn]), problems: listed.problems };
}

/** The largest categories of each column, the largest first. */
export async function listCategories(
  scanning: Scanning,
  columns: readonly PlanColumn[],
  of: Listing,
): Promise<Categories> {
  const byColumn = new Map<string, readonly string[]>();
  const problems = new Map<string, ColumnProblem>();
  for (const chunk of chunksOf(columns, categoricalsPerScan(of.threads))) {
    const lists = await scanOrEach(scanning, chunk, {
      async scan(reading, some): Promise<[string, string[]][]> {
        const found = some.map(({ name }) => ({ name, family: reading.column(name)?.family ?? 'unknown' }));
        const rows = await scanning.query(topCategoriesSql(reading.scan, of.windows, { ...of, columns: found }));
        const values = some.map((): string[] => []);
        for (const row of rows) values[toCount(row.c)]?.push(toText(row.category) ?? '');
        return some.map(({ name }, i) => [name, values[i] ?? []]);
      },
      failed(column, thrown) {
        problems.set(column.name, { code: 'unreadable', text: engineReason(thrown) });
        return [];
      },
    });
    for (const [name, list] of lists) byColumn.set(name, list);
  }
  return { byColumn, problems };
}

function fixedCategories(plan: ProfilePlan, column: string): readonly string[] | undefined {
  const { referenceCategories = {} } = plan;
  return Object.hasOwn(referenceCategories, column) ? referenceCategories[column] : undefined;
}

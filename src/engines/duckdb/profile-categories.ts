import { ALL_TRAFFIC, type ColumnProblem } from '../../domain/statistic.ts';
import type { ColumnAggregate } from '../../ports/statistics-engine.ts';
import { type ColumnsJob, DIFFERENT_ROWS, placesOf } from './columns-job.ts';
import type { Row } from './connection.ts';
import { byRows, NOTHING_READ, type PlanColumn, type Traffic } from './read-aggregate.ts';
import type { Reading } from './scanning.ts';
import { type CountedColumn, categoryCountsSql } from './sql/category-sql.ts';
import { toCount, toText } from './values.ts';

/** Rows of one column in one window and segment by place of their category. */
interface Counted {
  rows: number;
  missing: number;
  defaults: number;
  distinct: number;
  respelt: number;
  /** The largest of the values that are spelt otherwise, with how they are spelt. */
  spelling?: { readonly rows: number; readonly variant: string; readonly usual: string };
  readonly byPlace: Map<number, number>;
}

/** Aggregates of categorical columns, all of one scan. */
export async function scanCategories(
  job: ColumnsJob,
  reading: Reading,
  columns: readonly PlanColumn[],
): Promise<ColumnAggregate[]> {
  const counted = columns.map((column) => countedColumn(job, reading, column));
  const rows = await job.scanning.query(categoryCountsSql(reading.scan, job.windows, counted));
  const byPlace = countsByPlace(rows);
  const place = placesOf(job.windows);
  return job.traffic.flatMap((traffic) =>
    columns.map((column, c) => {
      const counts = byPlace.get(`${c} ${place(traffic)}`);
      if (counts === undefined || counts.rows !== traffic.rows) throw new Error(DIFFERENT_ROWS);
      const { categories = [] } = counted[c] ?? {};
      const isBinned = job.bins?.get(column.name)?.kind === 'categorical';
      return aggregateOf(counts, { traffic, column, categories, isBinned });
    }),
  );
}

function countedColumn(job: ColumnsJob, reading: Reading, column: PlanColumn): CountedColumn {
  const bins = job.bins?.get(column.name);
  const categories = job.categories.get(column.name) ?? [];
  return {
    name: column.name,
    family: reading.column(column.name)?.family ?? 'unknown',
    categories,
    known: bins?.kind === 'categorical' ? bins.known : categories,
    defaultValue: String(column.defaultValue ?? ''),
  };
}

function countsByPlace(rows: readonly Row[]): ReadonlyMap<string, Counted> {
  const byPlace = new Map<string, Counted>();
  for (const row of rows) {
    const key = `${toCount(row.c)} ${toCount(row.w)} ${toText(row.segment) ?? ALL_TRAFFIC}`;
    const counts: Counted = byPlace.get(key) ?? {
      rows: 0,
      missing: 0,
      defaults: 0,
      distinct: 0,
      respelt: 0,
      byPlace: new Map(),
    };
    counts.rows += toCount(row.n);
    counts.missing += toCount(row.missing);
    counts.defaults += toCount(row.defaults);
    counts.distinct += toCount(row.different);
    const respelt = toCount(row.respelt);
    counts.respelt += respelt;
    if (respelt > (counts.spelling?.rows ?? 0)) {
      counts.spelling = { rows: respelt, variant: toText(row.variant) ?? '', usual: toText(row.usual) ?? '' };
    }
    if (row.place !== null) counts.byPlace.set(toCount(row.place), toCount(row.n));
    byPlace.set(key, counts);
  }
  return byPlace;
}

function aggregateOf(
  counts: Counted,
  of: {
    readonly traffic: Traffic;
    readonly column: PlanColumn;
    readonly categories: readonly string[];
    readonly isBinned: boolean;
  },
): ColumnAggregate {
  const { name, role, kind } = of.column;
  const known = [...counts.byPlace.values()].reduce((sum, rows) => sum + rows, 0);
  return {
    ...of.traffic,
    ...{ column: name, role, kind },
    ...NOTHING_READ,
    missing: counts.missing,
    defaults: counts.defaults,
    distinct: counts.distinct,
    categories: byRows(of.categories.map((value, i) => ({ value, rows: counts.byPlace.get(i + 1) ?? 0 }))),
    unseen: of.isBinned ? counts.rows - counts.missing - known : null,
    problems: spellingProblems(counts),
  };
}

/** Longer values are cut: a category may be a text of megabytes. */
const LONGEST_VALUE = 60;

function spellingProblems({ respelt, spelling }: Counted): ColumnProblem[] {
  if (spelling === undefined) return [];
  const [variant, usual] = [spelling.variant, spelling.usual].map((value) => value.slice(0, LONGEST_VALUE));
  return [{ code: 'spelling_changed', text: `has \`${variant}\` beside \`${usual}\``, rows: respelt }];
}

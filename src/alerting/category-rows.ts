import type { SharePair } from '../domain/chart-request.ts';
import type { ReferenceColumn } from '../domain/profile.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';

/** Rows of some windows by category; together they are all rows. */
export interface CategoryCounts {
  readonly categories: ReadonlyMap<string, number>;
  /** Known ones without a place of their own. */
  readonly others: number;
  readonly unseen: number;
  readonly missing: number;
  readonly rows: number;
}

/** Categories with a pair of bars of their own: more do not fit a phone. */
export const SHOWN_CATEGORIES = 8;
/** Smaller parts of the rows are not worth a line where a category is not named. */
const LEAST_REST = 0.0005;

export const restWords = { others: 'all others', unseen: 'never seen before', missing: 'missing' } as const;

/** Of one window, from its histogram, or from its shares where there is none: in a segment, before the first reference. */
export function categoryCounts(
  row: ColumnStatistics,
  reference: ReferenceColumn | undefined,
): CategoryCounts | undefined {
  const counts = row.histogram?.counts;
  if (counts !== undefined && reference !== undefined) {
    const fromHistogram = fromCounts(counts, reference, row.rows);
    if (fromHistogram !== undefined) return fromHistogram;
  }
  if (row.shares === undefined) return undefined;
  const categories = new Map(Object.entries(row.shares).map(([name, share]) => [name, share * row.rows]));
  const missing = (row.statistics.missing_rate ?? 0) * row.rows;
  const unseen = (row.statistics.unseen_share ?? 0) * row.rows;
  const named = [...categories.values()].reduce((sum, rows) => sum + rows, 0);
  return { categories, missing, unseen, others: Math.max(0, row.rows - named - missing - unseen), rows: row.rows };
}

/** The order of the counts is that of `histogramOf` of the statistics. */
function fromCounts(counts: readonly number[], { bins }: ReferenceColumn, rows: number): CategoryCounts | undefined {
  const [missing = 0, second = 0, third = 0, ...rest] = counts;
  switch (bins.kind) {
    case 'categorical': {
      if (rest.length !== bins.categories.length) return undefined;
      const categories = new Map(bins.categories.map((name, index) => [name, rest[index] ?? 0]));
      return { categories, missing, unseen: second, others: third, rows };
    }
    case 'boolean': {
      const categories = new Map([
        ['true', third],
        ['false', rest[0] ?? 0],
        ['neither true nor false', second],
      ]);
      return { categories, missing, unseen: 0, others: 0, rows };
    }
    case 'embedding': {
      const categories = new Map([
        ['usable vectors', rest[0] ?? 0],
        ['vectors of zeros', third],
        ['not finite', second],
      ]);
      return { categories, missing, unseen: 0, others: 0, rows };
    }
    case 'numeric':
      return undefined;
  }
}

export function addCounts(all: readonly CategoryCounts[]): CategoryCounts {
  const categories = new Map<string, number>();
  for (const one of all) {
    for (const [name, rows] of one.categories) categories.set(name, (categories.get(name) ?? 0) + rows);
  }
  const sum = (of: (one: CategoryCounts) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    categories,
    others: sum(({ others }) => others),
    unseen: sum(({ unseen }) => unseen),
    missing: sum(({ missing }) => missing),
    rows: sum(({ rows }) => rows),
  };
}

/**
 * The largest categories of either period, by what is usual; then what has no bar of its own. `always` is a category
 * that people ask about, however small it is.
 */
export function categoryRows(usual: CategoryCounts, now: CategoryCounts, always?: string): readonly SharePair[] {
  const part = (rows: number, of: CategoryCounts): number => (of.rows === 0 ? 0 : rows / of.rows);
  const all = [...new Set([...usual.categories.keys(), ...now.categories.keys()])].map((name) => ({
    name,
    usual: part(usual.categories.get(name) ?? 0, usual),
    now: part(now.categories.get(name) ?? 0, now),
  }));
  const largest = all.toSorted(
    (a, b) =>
      Number(b.name === always) - Number(a.name === always) ||
      Math.max(b.usual, b.now) - Math.max(a.usual, a.now) ||
      a.name.localeCompare(b.name),
  );
  const shown = largest.slice(0, SHOWN_CATEGORIES).filter((one) => one.usual > 0 || one.now > 0 || one.name === always);
  const folded = largest.filter((one) => !shown.includes(one));
  const rest = (label: string, usualRows: number, nowRows: number): SharePair[] => {
    const role = label === restWords.others ? ('others' as const) : ('rest' as const);
    const pair = { label, role, usual: part(usualRows, usual), now: part(nowRows, now) };
    return pair.usual < LEAST_REST && pair.now < LEAST_REST ? [] : [pair];
  };
  const foldedRows = (of: CategoryCounts): number =>
    folded.reduce((sum, { name }) => sum + (of.categories.get(name) ?? 0), of.others);
  return [
    ...shown
      .toSorted((a, b) => b.usual - a.usual || b.now - a.now)
      .map(({ name, ...pair }): SharePair => ({ label: name === '' ? '(empty)' : name, role: 'value', ...pair })),
    ...rest(restWords.others, foldedRows(usual), foldedRows(now)),
    ...rest(restWords.unseen, usual.unseen, now.unseen),
    ...rest(restWords.missing, usual.missing, now.missing),
  ];
}

import type { Bins, ColumnAggregate, ReferenceColumn, ReferenceProfile } from '../domain/profile.ts';

/** Places of the counts that come before those of the values themselves. */
const NUMERIC_HEAD = ['missing', 'default', 'nonFinite'] as const;

/**
 * Rows by bin; they sum to the rows of the window. Numeric: missing, default, non-finite, up to the first edge, between
 * the edges, beyond the last. Categorical: missing, unseen, smaller known ones, then each category of the bins.
 * Boolean: missing, unreadable, true, false. Embedding: missing, non-finite, zero, others. Undefined where the column could not be read or is of another kind now.
 */
export function histogramOf(aggregate: ColumnAggregate, bins: Bins): readonly number[] | undefined {
  if (aggregate.kind !== bins.kind || aggregate.problems.some(({ code }) => isUnread(code))) return undefined;
  const { rows, missing, nonFinite, defaults } = aggregate;
  const byValue = new Map(aggregate.categories?.map((category) => [category.value, category.rows]));
  const count = (value: string) => byValue.get(value) ?? 0;
  switch (bins.kind) {
    case 'numeric':
      return aggregate.bins === null ? undefined : [missing, defaults, nonFinite, ...aggregate.bins];
    case 'embedding':
      return [missing, nonFinite, defaults, rows - missing - nonFinite - defaults];
    case 'boolean':
      return [missing, nonFinite, count('true'), count('false')];
    case 'categorical': {
      if (aggregate.unseen === null) return undefined;
      const counted = bins.categories.map(count);
      const smaller = rows - missing - aggregate.unseen - counted.reduce((sum, each) => sum + each, 0);
      return [missing, aggregate.unseen, smaller, ...counted];
    }
  }
}

/** The finite values of a numeric histogram: those of the default, and the others by bin. */
export function finiteCounts(histogram: readonly number[]): { defaults: number; counts: readonly number[] } {
  return { defaults: histogram[NUMERIC_HEAD.indexOf('default')] ?? 0, counts: histogram.slice(NUMERIC_HEAD.length) };
}

/** What is kept of a column for comparing with it later. */
export function referenceColumn({ bins, aggregate }: ReferenceProfile): ReferenceColumn | undefined {
  const counts = histogramOf(aggregate, bins);
  if (counts === undefined) return undefined;
  const { column, mean, standardDeviation, minimum, maximum } = aggregate;
  return { column, bins, counts, mean, standardDeviation, minimum, maximum };
}

function isUnread(code: string): boolean {
  return code === 'unreadable' || code === 'column_vanished';
}

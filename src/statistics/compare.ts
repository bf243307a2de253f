import type { ColumnAggregate, ReferenceColumn } from '../domain/profile.ts';
import type { ColumnStatistics, StatisticName, StatisticValue } from '../domain/statistic.ts';
import { finiteCounts, histogramOf } from './histogram.ts';
import { jsDistance } from './js-distance.ts';
import { psi } from './psi.ts';
import { type BinnedValues, wasserstein } from './wasserstein.ts';

/** The statistics of a column with its distances from a reference and the histogram that they come from. */
export function compareWithReference(
  row: ColumnStatistics,
  aggregate: ColumnAggregate,
  reference: { readonly version: number; readonly column: ReferenceColumn },
): ColumnStatistics {
  const counts = histogramOf(aggregate, reference.column.bins);
  if (counts === undefined || aggregate.rows === 0) return row;
  const distances: Partial<Record<StatisticName, StatisticValue>> = {
    js_distance: jsDistance(counts, reference.column.counts),
    psi: psi(counts, reference.column.counts),
    wasserstein: moved(aggregate, counts, reference.column),
    unseen_share: aggregate.unseen === null ? null : aggregate.unseen / aggregate.rows,
  };
  const known = Object.entries(distances).filter(([name]) => name in row.statistics);
  return {
    ...row,
    statistics: { ...row.statistics, ...Object.fromEntries(known) },
    histogram: { version: reference.version, counts },
  };
}

function moved(aggregate: ColumnAggregate, counts: readonly number[], reference: ReferenceColumn): number | null {
  const { bins } = reference;
  if (bins.kind !== 'numeric') return null;
  const values = binnedValues(withDefault(aggregate, bins.defaultValue), counts);
  const before = binnedValues(reference, reference.counts);
  if (values === undefined || before === undefined) return null;
  return wasserstein(values, before, { ...bins, scale: reference.standardDeviation ?? 0 });
}

/** Over all finite values, as references are kept: a column that is filled with its default has moved. */
function withDefault(aggregate: ColumnAggregate, defaultValue: number): Pick<ReferenceColumn, Moment> {
  const { mean, minimum, maximum, finiteMean, defaults } = aggregate;
  if (finiteMean === undefined || defaults === 0) return { mean, minimum, maximum };
  return {
    mean: finiteMean,
    minimum: Math.min(minimum ?? defaultValue, defaultValue),
    maximum: Math.max(maximum ?? defaultValue, defaultValue),
  };
}

type Moment = 'mean' | 'minimum' | 'maximum';

function binnedValues(
  { mean, minimum, maximum }: Pick<ReferenceColumn, Moment>,
  counts: readonly number[],
): BinnedValues | undefined {
  if (mean === null || minimum === null || maximum === null) return undefined;
  return { ...finiteCounts(counts), mean, minimum, maximum };
}

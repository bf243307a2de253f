import type { ColumnKind } from '../../domain/column.ts';

/** Bytes of one column's quantile sketch in one window, segment and thread (measured: 20 KB). */
const SKETCH_BYTES = 20 * 1024;
/** Sketches lie outside the engine's own memory limit; this is what they may take. */
const SKETCH_BUDGET_BYTES = 256 * 1024 * 1024;
/** Bytes of the hash table of one grouping set and thread (measured: 4 MB), within the engine's own memory limit. */
const GROUPING_BYTES = 4 * 1024 * 1024;
const GROUPING_BUDGET_BYTES = 128 * 1024 * 1024;
/** Columns of one query: beyond this its text grows without the scan becoming cheaper. */
const MOST_COLUMNS = 64;
/** Windows of one query; more are computed in several scans. */
const MOST_WINDOWS = 400;

/** The columns of each scan. Categorical ones have scans of their own: they are counted in another way. */
export function columnChunks<T extends { readonly kind: ColumnKind }>(
  columns: readonly T[],
  of: { readonly groups: number; readonly threads: number; readonly hasSegments: boolean },
): T[][] {
  const categorical = columns.filter(({ kind }) => kind === 'categorical');
  const others = columns.filter(({ kind }) => kind !== 'categorical');
  return [
    ...chunksOf(others, columnsPerScan(of.groups, of.threads)),
    ...chunksOf(categorical, categoricalsPerScan(of.threads, of.hasSegments ? 2 : 1)),
  ];
}

/** How many categorical columns one scan may carry, each with so many grouping sets. */
export function categoricalsPerScan(threads: number, sets = 1): number {
  return Math.max(1, Math.floor(GROUPING_BUDGET_BYTES / (GROUPING_BYTES * threads * sets)));
}

/** Lists of at most `size`, in order. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** Windows of one query, so few that the sketches of one column in all their segments stay within the budget. */
export function windowBatches<T>(windows: readonly T[], segments: number, threads: number): T[][] {
  const affordable = Math.floor(SKETCH_BUDGET_BYTES / (SKETCH_BYTES * Math.max(1, segments) * threads));
  return chunksOf(windows, Math.min(MOST_WINDOWS, Math.max(1, affordable)));
}

/** How many columns one scan may carry so that all its sketches together stay within the budget. */
function columnsPerScan(groups: number, threads: number): number {
  const affordable = Math.floor(SKETCH_BUDGET_BYTES / (SKETCH_BYTES * Math.max(1, groups) * threads));
  return Math.min(MOST_COLUMNS, Math.max(1, affordable));
}

import type { Bins, ReferenceColumn } from '../domain/profile.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';

/**
 * Where the values of a window lie, as far as its histogram, its extremes and its outer quantiles tell: pieces of the
 * number line, each with the rows in it, even within a piece.
 *
 * The bins of a reference have about as many rows each, so the outermost are wide. What is known beside the counts
 * narrows them: no piece goes beyond the window's smallest and largest value, and of a piece that q99 cuts, at most a
 * hundredth of the finite rows lies above it (q01 likewise). Whole numbers fill (a, b] from a + 1/2 to b + 1/2.
 */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** Rows of a numeric window that have a place on the number line, and those that have none. */
export interface PlacedValues {
  readonly pieces: readonly Piece[];
  readonly missing: number;
  readonly defaults: number;
  readonly nonFinite: number;
}

/** missing, default, non-finite: see `histogramOf` of the statistics. */
const HEAD = 3;
/** Of the finite rows, beyond q01 and beyond q99. */
const OUTER_PART = 0.01;
const HALF_STEP = 0.5;

/** Undefined for a window whose histogram was not made with this reference. */
export function placeValues(row: ColumnStatistics, reference: ReferenceColumn): PlacedValues | undefined {
  const { bins } = reference;
  const counts = row.histogram?.counts;
  if (bins.kind !== 'numeric' || counts?.length !== HEAD + bins.edges.length + 1) return undefined;
  const [missing = 0, defaults = 0, nonFinite = 0, ...inBins] = counts;
  const finiteRows = inBins.reduce((sum, rows) => sum + rows, defaults);
  const pieces = inBins
    .map((rows, index) => ({ ...boundsOf(index, bins.edges, row), rows }))
    .filter(({ rows }) => rows > 0)
    .flatMap((piece) => cutOuter(piece, row, finiteRows * OUTER_PART));
  return { pieces, missing, defaults, nonFinite };
}

/** True where every value seems to be a whole number: all quantiles of the reference are. */
export function areWhole({ bins }: { readonly bins: Bins }): boolean {
  // The first edge is just below the smallest value.
  return bins.kind === 'numeric' && bins.edges.slice(1).every(Number.isInteger);
}

function boundsOf(index: number, edges: readonly number[], row: ColumnStatistics): { from: number; to: number } {
  const isWhole = edges.slice(1).every(Number.isInteger);
  const shift = isWhole ? HALF_STEP : 0;
  const left = edges[index - 1];
  const right = edges[index];
  const least = row.statistics.minimum ?? right ?? left ?? 0;
  const most = row.statistics.maximum ?? left ?? right ?? 0;
  // A left edge is no value of its bin, the smallest value of the window is one.
  const from = left === undefined || left < least ? least - shift : left + shift;
  const to = right === undefined || right > most ? most + shift : right + shift;
  return from <= to ? { from, to } : { from: to, to };
}

function cutOuter(piece: Piece, row: ColumnStatistics, mostOuter: number): Piece[] {
  const { q01, q99 } = row.statistics;
  const { from, to, rows } = piece;
  if (typeof q99 === 'number' && q99 > from && q99 < to) {
    const outer = Math.min(rows, mostOuter);
    return [
      { from, to: q99, rows: rows - outer },
      { from: q99, to, rows: outer },
    ];
  }
  if (typeof q01 === 'number' && q01 > from && q01 < to) {
    const outer = Math.min(rows, mostOuter);
    return [
      { from, to: q01, rows: outer },
      { from: q01, to, rows: rows - outer },
    ];
  }
  return [piece];
}

import type { HistogramBar } from '../domain/chart-request.ts';
import type { Piece } from './value-pieces.ts';

/** Rows of two periods on the number line, each with all rows of its windows. */
export interface PeriodPieces {
  readonly pieces: readonly Piece[];
  readonly rows: number;
}

export interface Bars {
  readonly bars: readonly HistogramBar[];
  /** Parts of the rows below the first bar and above the last. */
  readonly below: { readonly usual: number; readonly now: number };
  readonly above: { readonly usual: number; readonly now: number };
}

/** About so many bars: 14 px each on a phone. */
const WANTED_BARS = 24;
/** Beyond these parts of either period nothing is drawn, so that one outlier does not make a needle of the rest. */
const OUTER_PART = 0.011;
/** A round step may be this part of the wished one, so that there are never many fewer bars. */
const LEAST_STEP = 0.75;
const NICE_STEPS = [1, 2, 2.5, 5, 10] as const;
/** Half the width of the one bar of a constant, as a part of its value. */
const CONSTANT_PART = 0.05;
const HALF_OF_WHOLE = 0.5;
/** Narrower than this part of their size, or than this, values are one: doubles have too few digits left for bars. */
const FLAT_SPAN = 1e-9;
const SMALLEST_SPAN = 1e-290;

/** Equally wide bars at round places that hold 98 % of either period; no bars where nothing has a place. */
export function valueBars(usual: PeriodPieces, now: PeriodPieces, isWhole: boolean): Bars {
  const ranges = [innerRange(usual.pieces), innerRange(now.pieces)].filter((range) => range !== undefined);
  const lower = Math.min(...ranges.map(({ from }) => from));
  const upper = Math.max(...ranges.map(({ to }) => to));
  if (ranges.length === 0 || !Number.isFinite(upper - lower)) return { bars: [], below: NOTHING, above: NOTHING };
  const grid = gridOver(lower, upper, isWhole);
  const of = { usual: spread(usual, grid), now: spread(now, grid) };
  const bars = grid.slice(1).map((edge, index) => ({
    lower: grid[index] ?? edge,
    upper: edge,
    usual: of.usual.bars[index] ?? 0,
    now: of.now.bars[index] ?? 0,
  }));
  return {
    bars,
    below: { usual: of.usual.below, now: of.now.below },
    above: { usual: of.usual.above, now: of.now.above },
  };
}

const NOTHING = { usual: 0, now: 0 } as const;

function innerRange(pieces: readonly Piece[]): { from: number; to: number } | undefined {
  const total = pieces.reduce((sum, { rows }) => sum + rows, 0);
  if (total === 0) return undefined;
  const upward = pieces.toSorted((a, b) => a.from + a.to - b.from - b.to);
  const from = firstBeyond(upward, total)?.from;
  const to = firstBeyond(upward.toReversed(), total)?.to;
  return from === undefined || to === undefined ? undefined : { from, to: Math.max(from, to) };
}

/** The piece with which more than the outer part is passed. */
function firstBeyond(pieces: readonly Piece[], total: number): Piece | undefined {
  let passed = 0;
  return pieces.find(({ rows }) => {
    passed += rows;
    return passed > OUTER_PART * total;
  });
}

/** Edges of the bars, ascending: round multiples, or halves beside whole numbers. */
function gridOver(lower: number, upper: number, isWhole: boolean): readonly number[] {
  const size = Math.max(Math.abs(lower), Math.abs(upper));
  if (upper - lower <= Math.max(size * FLAT_SPAN, SMALLEST_SPAN)) {
    const half = isWhole || size < SMALLEST_SPAN ? HALF_OF_WHOLE : size * CONSTANT_PART;
    return [lower - half, upper + half];
  }
  const nice = niceStep((upper - lower) / WANTED_BARS);
  const step = isWhole ? Math.max(1, Math.ceil(nice)) : nice;
  const shift = isWhole ? -0.5 : 0;
  const first = Math.floor((lower - shift) / step);
  const last = Math.max(first + 1, Math.ceil((upper - shift) / step));
  return Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step) + shift);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return (NICE_STEPS.find((step) => step * power >= rough * LEAST_STEP) ?? 10) * power;
}

/** Rows by bar as parts of all rows; what reaches over an edge is divided by length. */
function spread({ pieces, rows: total }: PeriodPieces, grid: readonly number[]) {
  const bars = new Array<number>(grid.length - 1).fill(0);
  const first = grid[0] ?? 0;
  const width = (grid[1] ?? 1) - first;
  const lastEdge = grid.at(-1) ?? 1;
  let below = 0;
  let above = 0;
  for (const { from, to, rows } of pieces) {
    const part = (lower: number, upper: number): number => {
      if (from === to) return from >= lower && from < upper ? rows / total : 0;
      return (Math.max(0, Math.min(to, upper) - Math.max(from, lower)) / (to - from)) * (rows / total);
    };
    below += part(Number.NEGATIVE_INFINITY, first);
    above += part(lastEdge, Number.POSITIVE_INFINITY);
    const start = Math.max(0, Math.floor((from - first) / width) - 1);
    const end = Math.min(bars.length - 1, Math.ceil((to - first) / width) + 1);
    for (let bar = start; bar <= end; bar += 1) {
      bars[bar] = (bars[bar] ?? 0) + part(grid[bar] ?? 0, grid[bar + 1] ?? 0);
    }
  }
  return { bars, below, above };
}

/** Hides the error of multiplying steps in binary. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

import { type StatisticKind, statisticKinds } from '../../domain/statistic-kind.ts';
import type { RowMeasures } from './row-measures.ts';
import type { DriftbellSettings } from './settings.ts';

/**
 * Severities of healthy windows, pooled by what scatters alike, turned into tail probabilities: how often a healthy
 * window of that kind and shape is at least as severe. One threshold then means the same false rate everywhere.
 *
 * up to the highest grid share (2 %): empirical, ln p linear between grid points
 * beyond u, the severity exceeded by 2 %: p = 2 % * (1 + xi (s - u) / beta)^(-1 / xi), a generalised Pareto tail
 * xi, beta by probability-weighted moments (Hosking and Wallis, 1987): a0 = mean(x), a1 = mean(x (1 - rank share)),
 * xi = 2 - a0 / (a0 - 2 a1), beta = 2 a0 a1 / (a0 - 2 a1), x = s - u
 *
 * xi is kept within 0..MOST_SHAPE: a tail that ends would call the next larger value impossible. Shapes: count-like;
 * spiky (the history itself holds a value of SPIKY_Z spreads or more); calm. Edge cases: a cell with fewer than
 * LEAST_WINDOWS severities uses the one of its shape over all kinds; no severities at all give p = 1.
 */
export const historyShapes = ['calm', 'spiky', 'countLike'] as const;
export type HistoryShape = (typeof historyShapes)[number];

export interface TailCell {
  /** Absent: all kinds together. */
  readonly kind?: StatisticKind | undefined;
  readonly shape?: HistoryShape | undefined;
  /** Healthy windows that it was fitted on. */
  readonly windows: number;
  /** Severities exceeded by the shares of GRID_SHARES. */
  readonly severities: readonly number[];
  readonly shapeParameter: number;
  readonly scaleParameter: number;
}

export type TailCalibration = readonly TailCell[];

export const GRID_SHARES = [0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02] as const;
const TAIL_SHARE = 0.02;
const MOST_SHAPE = 0.9;
/** The 2 % tail then rests on 100 values. */
export const LEAST_WINDOWS = 5_000;
const SPIKY_Z = 4;
const LEAST_PROBABILITY = 1e-12;

export interface HealthySeverity {
  readonly kind: StatisticKind;
  readonly shape: HistoryShape;
  readonly severity: number;
}

export function shapeOf(measures: Pick<RowMeasures, 'isCountLike' | 'largest'>): HistoryShape {
  if (measures.isCountLike) return 'countLike';
  return measures.largest >= SPIKY_Z ? 'spiky' : 'calm';
}

/** Cells for every kind and shape with enough windows, for every shape, and for all together. */
export function fitCalibration(healthy: readonly HealthySeverity[]): TailCalibration {
  const cells: TailCell[] = [];
  const add = (kind: StatisticKind | undefined, shape: HistoryShape | undefined) => {
    const severities = healthy.flatMap((one) => {
      return (kind === undefined || one.kind === kind) && (shape === undefined || one.shape === shape)
        ? [one.severity]
        : [];
    });
    if (severities.length >= (shape === undefined ? 1 : LEAST_WINDOWS)) {
      cells.push({ ...(kind && { kind }), ...(shape && { shape }), ...fitTail(Float64Array.from(severities)) });
    }
  };
  for (const shape of historyShapes) for (const kind of statisticKinds) add(kind, shape);
  for (const shape of historyShapes) add(undefined, shape);
  add(undefined, undefined);
  return cells;
}

type TailFit = Pick<TailCell, 'windows' | 'severities' | 'shapeParameter' | 'scaleParameter'>;

export function fitTail(severities: Float64Array): TailFit {
  const sorted = severities.toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor((1 - share) * sorted.length))] ?? 0;
  const threshold = at(TAIL_SHARE);
  const excesses = sorted.subarray(Math.floor((1 - TAIL_SHARE) * sorted.length)).map((value) => value - threshold);
  return { windows: sorted.length, severities: GRID_SHARES.map(at), ...fitPareto(excesses) };
}

/** `excesses` ascending, at least 0. Edge cases: without any spread the tail is exponential with the least scale. */
export function fitPareto(excesses: Float64Array): Pick<TailCell, 'shapeParameter' | 'scaleParameter'> {
  const count = excesses.length;
  let mean = 0;
  let weighted = 0;
  excesses.forEach((excess, index) => {
    mean += excess / count;
    weighted += (excess * (1 - (index + 0.65) / count)) / count;
  });
  const spread = mean - 2 * weighted;
  if (!(mean > 0) || !(spread > 0)) return { shapeParameter: 0, scaleParameter: Math.max(mean, LEAST_SCALE) };
  const shape = 2 - mean / spread;
  if (shape <= 0) return { shapeParameter: 0, scaleParameter: mean };
  // With the shape cut, the scale follows from the mean: mean = scale / (1 - shape).
  const kept = Math.min(MOST_SHAPE, shape);
  const scale = kept === shape ? (2 * mean * weighted) / spread : mean * (1 - kept);
  return { shapeParameter: kept, scaleParameter: Math.max(scale, LEAST_SCALE) };
}

const LEAST_SCALE = 1e-6;

/** Probability that a healthy window is at least as severe, in LEAST_PROBABILITY..1. */
export function tailProbability(severity: number, cell: TailFit): number {
  const threshold = cell.severities.at(-1) ?? 0;
  if (severity > threshold) return Math.max(LEAST_PROBABILITY, TAIL_SHARE * exceedance(severity - threshold, cell));
  let [below, share] = [0, 1];
  for (const [index, known] of cell.severities.entries()) {
    const next = GRID_SHARES[index] ?? TAIL_SHARE;
    if (severity <= known) {
      const part = known > below ? (severity - below) / (known - below) : 1;
      return share * (next / share) ** part;
    }
    [below, share] = [known, next];
  }
  return share;
}

function exceedance(excess: number, { shapeParameter, scaleParameter }: TailFit): number {
  if (shapeParameter === 0) return Math.exp(-excess / scaleParameter);
  return (1 + (shapeParameter * excess) / scaleParameter) ** (-1 / shapeParameter);
}

/** Finds the cell of a row, from the most particular to the most general. */
export function createCellFinder(
  calibration: TailCalibration,
  { calibratesByKind }: Pick<DriftbellSettings, 'calibratesByKind'>,
): (kind: StatisticKind, shape: HistoryShape) => TailCell {
  const name = (kind: string | undefined, shape: string | undefined) => `${kind ?? ''}/${shape ?? ''}`;
  const cells = new Map(calibration.map((cell) => [name(cell.kind, cell.shape), cell]));
  const all = cells.get(name(undefined, undefined)) ?? NOTHING_KNOWN;
  return (kind, shape) => {
    if (!calibratesByKind) return all;
    return cells.get(name(kind, shape)) ?? cells.get(name(undefined, shape)) ?? all;
  };
}

const NOTHING_KNOWN: TailCell = { windows: 0, severities: [], shapeParameter: 0, scaleParameter: Number.MAX_VALUE };

import type { StatisticKind } from '../../domain/statistic-kind.ts';
import type { HistoryRows } from '../features/history-rows.ts';
import type { Readings } from './holiday-reading.ts';

/**
 * What most series of a model do together in one window is one event, not one of each: it is taken out of every series
 * before that is judged, and told of the model as a whole where it is large.
 *
 * s = side * severity, within +-SEVERITY_CLIP; size = median s of a group of at least LEAST_SERIES series
 * common: at least AGREEMENT of the group lie on the side of the median, and |size| >= LEAST_SIZE
 * taken = size within +-MOST_TAKEN: weather and holidays move series by that much, a fault that all of them share by more
 * rest = s - taken, nearer to 0 by FOLLOWING * |taken|, as series do not follow alike; where |rest| < |s| the row is judged again at baseline + rest * gap of its side, and the larger of
 * both tails counts. Told: |size| >= TOLD_SIZE, which is about one healthy window in a hundred even where the series are
 * copies of each other; or at least TOLD_RARE of them were rare enough to be anomalies before it was taken out.
 *
 * Source: ours; robust like the median, so that a minority that fails for itself is seen as before. Edge cases: rows
 * without a severity are in no group; a series that moves against the others is not judged more strictly for it.
 */
const LEAST_SERIES = 8;
const AGREEMENT = 0.8;
const LEAST_SIZE = 0.3;
const TOLD_SIZE = 1.5;
const TOLD_RARE = 2;
const FOLLOWING = 0.5;
/** Beyond it a shared move is a fault of each: people ask which columns failed, and how far. */
const MOST_TAKEN = 3;
const SEVERITY_CLIP = 20;

/** Rows that are missing from all columns at once are a fault of each of them, and people ask which columns failed. */
export function hasCommonMode(kind: StatisticKind): boolean {
  return kind !== 'rate';
}

export interface CommonMode {
  /** What its rows have in common. */
  readonly group: string;
  readonly rows: readonly number[];
  /** In gaps between baseline and bound; negative: downwards. */
  readonly size: number;
  /** Rows on the side of the median. */
  readonly agreeing: number;
  /** True: a finding of the model. */
  readonly isTold: boolean;
}

export interface ModeOptions {
  /** An anomaly is at most this likely. */
  readonly tailThreshold: number;
  /** Rows with the same name are compared; undefined: with none. */
  readonly groupOf: (row: number) => string | undefined;
}

export function findCommonModes(
  { count, values }: Pick<HistoryRows, 'count' | 'values'>,
  readings: Readings,
  { tailThreshold, groupOf }: ModeOptions,
): readonly CommonMode[] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < count; row += 1) {
    const group = groupOf(row);
    if (group === undefined || Number.isNaN(signedSeverity(values, readings, row))) continue;
    const rows = groups.get(group);
    if (rows === undefined) groups.set(group, [row]);
    else rows.push(row);
  }
  const modes: CommonMode[] = [];
  for (const [group, rows] of groups) {
    if (rows.length < LEAST_SERIES) continue;
    const signed = rows.map((row) => signedSeverity(values, readings, row)).toSorted((a, b) => a - b);
    const size = ((signed[(rows.length - 1) >> 1] ?? 0) + (signed[rows.length >> 1] ?? 0)) / 2;
    const agreeing = signed.filter((one) => Math.sign(one) === Math.sign(size)).length;
    if (agreeing < AGREEMENT * rows.length || Math.abs(size) < LEAST_SIZE) continue;
    const rare = rows.filter((row) => (readings.tail[row] ?? Number.NaN) <= tailThreshold).length;
    modes.push({ group, rows, size, agreeing, isTold: Math.abs(size) >= TOLD_SIZE || rare >= TOLD_RARE });
  }
  return modes;
}

export interface RestRows {
  readonly rows: HistoryRows;
  /** For each row, the one that it was made of. */
  readonly of: readonly number[];
}

/** The rows that have less to explain without their common mode, with the values that they would have had. */
export function rowsWithoutModes(rows: HistoryRows, readings: Readings, modes: readonly CommonMode[]): RestRows {
  const rest = modes.flatMap((mode) =>
    mode.rows.flatMap((row) => {
      const whole = signedSeverity(rows.values, readings, row);
      const taken = Math.sign(mode.size) * Math.min(MOST_TAKEN, Math.abs(mode.size));
      const apart = whole - taken;
      const left = Math.sign(apart) * Math.max(0, Math.abs(apart) - FOLLOWING * Math.abs(taken));
      if (Math.abs(left) >= Math.abs(whole)) return [];
      const [baseline = 0, lower = 0, upper = 0] = [readings.baseline[row], readings.lower[row], readings.upper[row]];
      return [{ row, value: baseline + left * (left < 0 ? baseline - lower : upper - baseline) }];
    }),
  );
  const of = rest.map(({ row }) => row);
  const width = rows.histories.length / Math.max(1, rows.count);
  const histories = new Float64Array(of.length * width);
  of.forEach((row, at) => {
    histories.set(rows.histories.subarray(row * width, (row + 1) * width), at * width);
  });
  return {
    of,
    rows: {
      count: of.length,
      histories,
      values: Float64Array.from(rest, ({ value }) => value),
      daysOfWeek: Uint8Array.from(of, (row) => rows.daysOfWeek[row] ?? 0),
      ...(rows.rows && { rows: Float64Array.from(of, (row) => rows.rows?.[row] ?? Number.NaN) }),
      ...(rows.kinds && { kinds: Uint8Array.from(of, (row) => rows.kinds?.[row] ?? 0) }),
    },
  };
}

/** `again`: what was said of the rest. */
export function applyRest(readings: Readings, of: readonly number[], again: Readings): void {
  of.forEach((row, at) => {
    const tail = again.tail[at] ?? Number.NaN;
    if (!(tail > (readings.tail[row] ?? Number.NaN))) return;
    readings.tail[row] = tail;
    readings.severity[row] = again.severity[at] ?? Number.NaN;
    readings.score[row] = again.score[at] ?? Number.NaN;
  });
}

function signedSeverity(values: Float64Array, readings: Readings, row: number): number {
  const side = Math.sign((values[row] ?? Number.NaN) - (readings.baseline[row] ?? Number.NaN));
  return side * Math.min(SEVERITY_CLIP, readings.severity[row] ?? Number.NaN);
}

import type { StatisticKind } from '../../domain/statistic-kind.ts';

/** Windows to judge with the values before them, as numbers. The batch of the `Detector` port has this form. */
export interface HistoryRows {
  readonly count: number;
  /** count x historyWindows, row-major, oldest first; NaN where a window is missing or masked, if that is allowed. */
  readonly histories: Float64Array;
  /** The values under judgement, count. */
  readonly values: Float64Array;
  /** Monday 0 ... Sunday 6, count. */
  readonly daysOfWeek: Uint8Array;
  /** Rows of the source behind each judged value, NaN where unknown; absent: unknown. */
  readonly rows?: Float64Array;
  /** Places in `statisticKinds`; absent: levels. */
  readonly kinds?: Uint8Array;
}

/** One series on a regular grid of windows; NaN where a window has no value. */
export interface SeriesGrid {
  readonly values: Float64Array;
  readonly daysOfWeek: Uint8Array;
  /** Absent: a level, of which nothing is known. */
  readonly statisticKind?: StatisticKind;
  /** True where the values count what is missing and nothing else, as of `countsMissing`; absent: they do not. */
  readonly countsMissing?: boolean;
  /** True for the rows that a model had; absent: they are not. */
  readonly countsRows?: boolean;
  /** Rows of the source behind each window, NaN where unknown; absent: unknown. */
  readonly rows?: Float64Array;
  /** What the calendar says of each window, as of `markHolidays`; absent: nothing. */
  readonly marks?: Uint8Array;
  /** Series of one group begin with the same window, and are told from what all of them do; absent: of none. */
  readonly group?: string;
  /** Windows between the epoch and the first one; absent: 0. */
  readonly firstWindow?: number;
}

export interface SlideOptions {
  readonly historyWindows: number;
  /** Windows between two history values: 1 for days, 24 for hours (the same hour of the days before). */
  readonly stride: number;
  /** From this many known windows on, a window is left to another pair of networks; absent: to none. */
  readonly lessThan?: number;
}

/** Rows of one grid and, for each, its index in the grid. */
export interface GridRows extends HistoryRows {
  readonly positions: Int32Array;
}

/** Every window that has a value and a complete history. A daily series of n whole windows yields n - 28 rows. */
export function slideHistories(grid: SeriesGrid, options: SlideOptions): GridRows {
  const { historyWindows, stride, lessThan = Number.POSITIVE_INFINITY } = options;
  const positions: number[] = [];
  const runs = knownRuns(grid.values, stride);
  for (let index = historyWindows * stride; index < grid.values.length; index += 1) {
    const known = runs[index - stride] ?? 0;
    if (known >= historyWindows && known < lessThan && Number.isFinite(grid.values[index])) positions.push(index);
  }
  const histories = new Float64Array(positions.length * historyWindows);
  const values = new Float64Array(positions.length);
  const daysOfWeek = new Uint8Array(positions.length);
  positions.forEach((position, row) => {
    values[row] = grid.values[position] ?? Number.NaN;
    daysOfWeek[row] = grid.daysOfWeek[position] ?? 0;
    for (let back = historyWindows; back >= 1; back -= 1) {
      histories[row * historyWindows + historyWindows - back] = grid.values[position - back * stride] ?? Number.NaN;
    }
  });
  return { count: positions.length, histories, values, daysOfWeek, positions: Int32Array.from(positions) };
}

export function joinHistoryRows(parts: readonly HistoryRows[]): HistoryRows {
  return {
    count: parts.reduce((sum, part) => sum + part.count, 0),
    histories: joinDoubles(parts.map((part) => part.histories)),
    values: joinDoubles(parts.map((part) => part.values)),
    daysOfWeek: Uint8Array.from(Buffer.concat(parts.map((part) => part.daysOfWeek))),
    ...(parts.some((part) => part.rows) && {
      rows: joinDoubles(parts.map((part) => part.rows ?? new Float64Array(part.count).fill(Number.NaN))),
    }),
    ...(parts.some((part) => part.kinds) && {
      kinds: Uint8Array.from(Buffer.concat(parts.map((part) => part.kinds ?? new Uint8Array(part.count)))),
    }),
  };
}

function joinDoubles(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** For each window, how many known ones end with it, `stride` apart and without a gap. */
function knownRuns(values: Float64Array, stride: number): Int32Array {
  const runs = new Int32Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    if (Number.isFinite(values[index])) runs[index] = 1 + (index < stride ? 0 : (runs[index - stride] ?? 0));
  }
  return runs;
}

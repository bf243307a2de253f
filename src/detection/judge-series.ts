import type { Detector } from '../ports/detector.ts';
import { settingsOf } from './build-detections.ts';
import { decideAnomaly } from './decide.ts';
import { type GridRows, joinHistoryRows, type SeriesGrid, slideHistories } from './features/history-rows.ts';
import { isUsualValue } from './usual-value.ts';

/** One grid as the detector sees it; NaN where there is too little history or no value. */
export interface JudgedGrid {
  readonly baseline: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly score: Float64Array;
  /** 1 where both stages agree. */
  readonly anomalies: Uint8Array;
}

/** Rows that are gathered before the detector is called: enough for its worker threads, little in memory (60 MB). */
const BATCH_ROWS = 262_144;

/** Judges every window of every grid by what came before it. `stride`: see `historyStride`. */
export async function judgeSeries(
  detector: Detector,
  grids: readonly SeriesGrid[],
  options: { readonly stride: number; readonly signal?: AbortSignal | undefined },
): Promise<readonly JudgedGrid[]> {
  const judged: JudgedGrid[] = [];
  let waiting: { grid: SeriesGrid; rows: GridRows }[] = [];
  let count = 0;
  async function flush(): Promise<void> {
    judged.push(...(await judgeBatch(detector, waiting, options.signal)));
    waiting = [];
    count = 0;
  }
  for (const grid of grids) {
    const rows = slideHistories(grid, { historyWindows: detector.manifest.historyWindows, stride: options.stride });
    waiting.push({ grid, rows });
    count += rows.count;
    if (count >= BATCH_ROWS) await flush();
  }
  await flush();
  return judged;
}

async function judgeBatch(
  detector: Detector,
  parts: readonly { readonly grid: SeriesGrid; readonly rows: GridRows }[],
  signal: AbortSignal | undefined,
): Promise<JudgedGrid[]> {
  const { configuration, historyWindows } = detector.manifest;
  const settings = settingsOf(configuration);
  const result = await detector.judge(joinHistoryRows(parts.map((part) => part.rows)), signal);
  let offset = 0;
  return parts.map(({ grid, rows }) => {
    const judged = emptyGrid(grid.values.length);
    rows.positions.forEach((position, row) => {
      const at = offset + row;
      const forecast = {
        baseline: result.baseline[at] ?? Number.NaN,
        lower: result.lower[at] ?? Number.NaN,
        upper: result.upper[at] ?? Number.NaN,
      };
      const score = result.score[at] ?? Number.NaN;
      judged.baseline[position] = forecast.baseline;
      judged.lower[position] = forecast.lower;
      judged.upper[position] = forecast.upper;
      judged.score[position] = score;
      const value = rows.values[row] ?? 0;
      const history = rows.histories.subarray(row * historyWindows, (row + 1) * historyWindows);
      const isAnomaly = !isUsualValue(value, history) && decideAnomaly(value, forecast, score, settings);
      judged.anomalies[position] = isAnomaly ? 1 : 0;
    });
    offset += rows.count;
    return judged;
  });
}

function emptyGrid(length: number): JudgedGrid {
  const unknown = () => new Float64Array(length).fill(Number.NaN);
  return {
    baseline: unknown(),
    lower: unknown(),
    upper: unknown(),
    score: unknown(),
    anomalies: new Uint8Array(length),
  };
}

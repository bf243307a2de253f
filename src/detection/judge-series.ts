import type { Granularity } from '../domain/model.ts';
import type { Detector, JudgementResult } from '../ports/detector.ts';
import type { Progress } from '../ports/progress.ts';
import { settingsOf } from './build-detections.ts';
import { decideAnomaly } from './decide.ts';
import { type GridRows, joinHistoryRows, type SeriesGrid, slideHistories } from './features/history-rows.ts';
import { judgeHourGrid } from './hours/judge-hour-grids.ts';
import { judgeMasked, type MaskedOptions } from './judge-masked.ts';
import { emptyGrid, type JudgedGrid } from './judged-grid.ts';
import { historyOf } from './judgement-rows.ts';
import type { DetectorSettings } from './settings.ts';
import { isUsualValue } from './usual-value.ts';

export type { JudgedGrid } from './judged-grid.ts';

export interface JudgeSeriesOptions {
  /** See `historyStride`. */
  readonly stride: number;
  /** Absent: days. */
  readonly granularity?: Granularity | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many of the series are judged. */
  readonly progress?: Progress | undefined;
}

/** What is needed of a detector; one in training has no more. */
export interface JudgingDetector extends Pick<Detector, 'judge' | 'shortTerm'> {
  readonly manifest: Pick<Detector['manifest'], 'historyWindows' | 'configuration' | 'judging'>;
}

/** Rows that are gathered before the detector is called: enough for its worker threads, little in memory (60 MB). */
const BATCH_ROWS = 262_144;

/** Windows of one grid, by the pair of networks that judges them. */
interface Part {
  readonly grid: SeriesGrid;
  readonly rows: GridRows;
  readonly shortTermRows: GridRows | undefined;
}

/**
 * Judges every window of every grid by what came before it: with the full history where it is known without a gap,
 * else with the shorter one where the detector has networks for it.
 */
export async function judgeSeries(
  detector: JudgingDetector,
  grids: readonly SeriesGrid[],
  { stride, granularity, signal, progress }: JudgeSeriesOptions,
): Promise<readonly JudgedGrid[]> {
  const { historyWindows, judging } = detector.manifest;
  const hours = granularity === 'hour' ? judging?.hours : undefined;
  if (judging !== undefined && hours !== undefined) {
    return grids.map((grid, index) => {
      progress?.(index, grids.length, 'detection');
      signal?.throwIfAborted();
      return judgeHourGrid(grid, judging, hours);
    });
  }
  if (judging !== undefined) return judgeMaskedGroups(detector, grids, { judging, stride, signal, progress });
  const short = detector.shortTerm?.historyWindows;
  const judged: JudgedGrid[] = [];
  let waiting: Part[] = [];
  let count = 0;
  async function flush(): Promise<void> {
    judged.push(...(await judgeBatch(detector, waiting, signal)));
    progress?.(judged.length, grids.length, 'detection');
    waiting = [];
    count = 0;
  }
  for (const grid of grids) {
    const rows = slideHistories(grid, { historyWindows, stride });
    const shortTermRows =
      short === undefined
        ? undefined
        : slideHistories(grid, { historyWindows: short, stride, lessThan: historyWindows });
    waiting.push({ grid, rows, shortTermRows });
    count += rows.count + (shortTermRows?.count ?? 0);
    if (count >= BATCH_ROWS) await flush();
  }
  await flush();
  return judged;
}

/** Series that are judged side by side with their masks: enough to fill a batch, and to show that the work goes on. */
const GROUP_SERIES = 16_384;

async function judgeMaskedGroups(
  detector: JudgingDetector,
  grids: readonly SeriesGrid[],
  { progress, ...options }: MaskedOptions & Pick<JudgeSeriesOptions, 'progress'>,
): Promise<readonly JudgedGrid[]> {
  const judged: JudgedGrid[] = [];
  for (let from = 0; from < grids.length; from += GROUP_SERIES) {
    judged.push(...(await judgeMasked(detector, grids.slice(from, from + GROUP_SERIES), options)));
    progress?.(judged.length, grids.length, 'detection');
  }
  return judged;
}

async function judgeBatch(
  detector: JudgingDetector,
  parts: readonly Part[],
  signal: AbortSignal | undefined,
): Promise<JudgedGrid[]> {
  const settings = settingsOf(detector.manifest.configuration);
  const judged = parts.map(({ grid }) => emptyGrid(grid.values.length));
  const rows = parts.map((part) => part.rows);
  fillGrids(judged, rows, await detector.judge(joinHistoryRows(rows), signal), settings);
  if (detector.shortTerm === undefined) return judged;
  const short = parts.flatMap((part) => part.shortTermRows ?? []);
  fillGrids(judged, short, await detector.shortTerm.judge(joinHistoryRows(short), signal), settings);
  return judged;
}

/** Puts the rows of a result, grid after grid, where they belong. */
function fillGrids(
  grids: readonly JudgedGrid[],
  parts: readonly GridRows[],
  result: JudgementResult,
  settings: DetectorSettings,
): void {
  let at = 0;
  grids.forEach((grid, index) => {
    const rows = parts[index];
    rows?.positions.forEach((position, row) => {
      const forecast = {
        baseline: result.baseline[at] ?? Number.NaN,
        lower: result.lower[at] ?? Number.NaN,
        upper: result.upper[at] ?? Number.NaN,
      };
      const score = result.score[at] ?? Number.NaN;
      grid.baseline[position] = forecast.baseline;
      grid.lower[position] = forecast.lower;
      grid.upper[position] = forecast.upper;
      grid.score[position] = score;
      grid.severity[position] = result.severity[at] ?? Number.NaN;
      grid.tail[position] = result.tail[at] ?? Number.NaN;
      const value = rows.values[row] ?? 0;
      const isAnomaly = !isUsualValue(value, historyOf(rows, row)) && decideAnomaly(value, forecast, score, settings);
      grid.anomalies[position] = isAnomaly ? 1 : 0;
      at += 1;
    });
  });
}

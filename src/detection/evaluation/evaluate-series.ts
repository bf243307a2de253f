import type { SeriesGrid } from '../features/history-rows.ts';
import { slideHistories } from '../features/history-rows.ts';
import type { JudgedGrid } from '../judged-grid.ts';
import type { DetectorSettings } from '../settings.ts';
import type { Draws } from '../synthetic/draws.ts';
import { type EventQuality, eventQuality } from './event-quality.ts';
import { type IntervalQuality, intervalQuality } from './interval-quality.ts';
import type { JudgedSeries } from './judged-series.ts';
import { meanVusPr } from './vus-pr.ts';
import { warmUpWindows } from './warm-up.ts';
import { Z_SCORE_THRESHOLD, zScores } from './z-score-baseline.ts';

export interface EvaluatedGrid extends SeriesGrid {
  readonly labels: Uint8Array;
}

export interface QualityFigures {
  readonly interval: IntervalQuality;
  readonly event: EventQuality;
  readonly vusPr: number | null;
}

export interface EvaluationOptions {
  readonly settings: Pick<DetectorSettings, 'historyWindows' | 'omittedWindows' | 'spreadFloor'>;
  readonly stride: number;
  readonly windowsPerDay: number;
  readonly vusBufferWindows: number;
}

/** Scores below any that a window can get, for windows that could not be judged. */
const UNJUDGED = -1;

/** The detector's figures. The windows before the first history are no one's fault and are cut off (`warmUpWindows`). */
export function evaluateDetector(
  grids: readonly EvaluatedGrid[],
  judged: readonly JudgedGrid[],
  options: EvaluationOptions,
): QualityFigures {
  return figuresOf(
    grids.map((grid, index) => {
      const result = judged[index];
      const alerts = result?.anomalies ?? new Uint8Array(grid.labels.length);
      return cutWarmUp(grid, alerts, result?.score ?? new Float64Array(grid.labels.length), options);
    }),
    options,
  );
}

/** The plain z-score on the same histories. */
export function evaluateZScore(grids: readonly EvaluatedGrid[], options: EvaluationOptions): QualityFigures {
  return figuresOf(
    grids.map((grid) => {
      const rows = slideHistories(grid, { historyWindows: options.settings.historyWindows, stride: options.stride });
      const scores = new Float64Array(grid.values.length).fill(Number.NaN);
      zScores(rows, options.settings).forEach((score, row) => {
        scores[rows.positions[row] ?? 0] = score;
      });
      return cutWarmUp(
        grid,
        Uint8Array.from(scores, (score) => (score > Z_SCORE_THRESHOLD ? 1 : 0)),
        scores,
        options,
      );
    }),
    options,
  );
}

/** What a scorer that knows nothing reaches: VUS-PR is only worth what it lies above this. */
export function randomVusPr(grids: readonly EvaluatedGrid[], options: EvaluationOptions, draws: Draws): number | null {
  const series = grids.map((grid) => {
    const scores = Float64Array.from(grid.values, () => draws.uniform());
    return cutWarmUp(grid, new Uint8Array(grid.values.length), scores, options);
  });
  return meanVusPr(series, options.vusBufferWindows);
}

function figuresOf(series: readonly JudgedSeries[], options: EvaluationOptions): QualityFigures {
  return {
    interval: intervalQuality(series),
    event: eventQuality(series, options.windowsPerDay),
    vusPr: meanVusPr(series, options.vusBufferWindows),
  };
}

function cutWarmUp(
  grid: EvaluatedGrid,
  alerts: Uint8Array,
  scores: Float64Array,
  options: EvaluationOptions,
): JudgedSeries {
  const from = warmUpWindows(grid.values.length, options.windowsPerDay === 1 ? 'day' : 'hour');
  return {
    labels: grid.labels.subarray(from),
    alerts: alerts.subarray(from),
    scores: scores.slice(from).map((score) => (Number.isNaN(score) ? UNJUDGED : score)),
  };
}

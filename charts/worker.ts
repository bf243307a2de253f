import type { SeriesChartRequest } from '../src/domain/chart-request.ts';
import { type Drawing, drawSpec } from './draw.ts';
import { seriesSpec } from './specs/series.ts';

/** Runs in the worker thread; see render.ts. */
export function drawRequest(request: SeriesChartRequest): Promise<Drawing> {
  return drawSpec(seriesSpec(request));
}

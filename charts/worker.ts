import type { ChartRequest } from '../src/domain/chart-request.ts';
import { type Drawing, drawSpec } from './draw.ts';
import { chartSpec } from './specs/spec.ts';

/** Runs in the worker thread; see render.ts. */
export function drawRequest(request: ChartRequest): Promise<Drawing> {
  return drawSpec(chartSpec(request));
}

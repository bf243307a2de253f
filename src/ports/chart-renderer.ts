import type { ChartRequest, RenderedChart } from '../domain/chart-request.ts';

export interface ChartRenderer {
  /** PNG with alt text. Throws `chart.failed`. */
  render(request: ChartRequest): Promise<RenderedChart>;
  close(): Promise<void>;
}

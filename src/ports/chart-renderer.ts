import type { ChartRequest, RenderedChart } from '../domain/chart-request.ts';

export interface ChartRenderer {
  /** PNG with alt text. Throws `chart.failed`. */
  render(request: ChartRequest): Promise<RenderedChart>;
  /** What the picture of a request says, in words: the same as its alt text, without drawing. */
  describe(request: ChartRequest): string;
  close(): Promise<void>;
}

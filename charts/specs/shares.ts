import type { TopLevelSpec } from 'vega-lite';
import type { SharesChartRequest } from '../../src/domain/chart-request.ts';
import { canvasSpec } from './canvas.ts';
import { LEGEND_PX, periodLegend } from './period-legend.ts';
import { SHARE_ROW_PX, shareRows } from './share-rows.ts';

/** More would be smaller than a phone can show. */
export const MAX_SHARE_ROWS = 12;

/** The categories of a column as bars, usual and now. */
export function sharesSpec(request: SharesChartRequest): TopLevelSpec {
  const height = LEGEND_PX + request.rows.length * SHARE_ROW_PX;
  return canvasSpec(height, [
    ...periodLegend(request.title, request, 'solid'),
    ...shareRows(request.rows, LEGEND_PX, 'solid'),
  ]);
}

import type { TopLevelSpec } from 'vega-lite';
import type { ChartPanel, SeriesChartRequest } from '../../src/domain/chart-request.ts';
import { SHARE_UNIT } from '../../src/messages/format-number.ts';
import { cleanText, estimateWidthPx, fitText } from '../clean-text.ts';
import { colours, fontSizes, MARGIN_PX, vegaConfig, WIDTH_PX } from '../theme.ts';
import { SCHEMA } from './canvas.ts';
import { bandMiddle, EXPECTED_TEXT, latestText } from './end-labels.ts';
import { layOut, maxTicks, plotHeightPx } from './layout.ts';
import { markerRows, placeMarkers } from './markers.ts';
import { panelSpec } from './panel.ts';
import { finiteOrNull } from './runs.ts';
import { timeTicks } from './time-axis.ts';
import { timeDomain } from './time-span.ts';
import { type ValueAxis, valueAxis } from './value-axis.ts';

export const MAX_PANELS = 6;

/** Small multiples, one above the other on one time axis: a complete vega-lite specification with its data. */
export function seriesSpec(request: SeriesChartRequest): TopLevelSpec {
  const { panels, zone } = request;
  const domain = timeDomain(panels, request.markers[0]?.startMs);
  const axes = panels.map((panel) => panelAxis(panel, panels.length));
  const rough = { panels: panels.length, tickLabelPx: tickLabelPx(axes), endLabelPx: endLabelPx(panels) };
  const { plotWidthPx, padding } = layOut({ ...rough, markerRows: 0 });
  const markers = placeMarkers(request.markers, domain, { plotWidthPx, rightPx: padding.right - MARGIN_PX });
  const layout = layOut({ ...rough, markerRows: markerRows(markers) });
  const ticks = timeTicks(domain, zone, plotWidthPx);
  const namedBand = panels.findIndex((panel) => bandMiddle(panel) !== undefined);
  return {
    $schema: SCHEMA,
    // The size is decided, not measured: with `none` vega takes these two signals as they are.
    autosize: 'none',
    params: [
      { name: 'width', value: layout.plotWidthPx },
      { name: 'height', value: layout.heightPx - layout.padding.top - layout.padding.bottom },
    ],
    padding: layout.padding,
    background: colours.background,
    bounds: 'flush',
    spacing: layout.spacingPx,
    config: vegaConfig,
    vconcat: panels.map((panel, index) =>
      panelSpec({
        panel,
        heading: heading(panel),
        axis: axes[index] ?? valueAxis([], '', 0),
        domain,
        ticks,
        zone,
        layout,
        markers,
        isFirst: index === 0,
        isLast: index === panels.length - 1,
        isBandNamed: index === namedBand,
      }),
    ),
  };
}

/** `distance mean, miles`; a percentage says its unit on every tick. */
function heading(panel: ChartPanel): string {
  const unit = cleanText(panel.unit);
  const tail = unit === '' || unit === SHARE_UNIT ? '' : `, ${fitText(unit, WIDTH_PX / 3, fontSizes.heading)}`;
  const room = WIDTH_PX - 2 * MARGIN_PX - estimateWidthPx(tail, fontSizes.heading);
  return `${fitText(panel.title, room, fontSizes.heading)}${tail}`;
}

function panelAxis(panel: ChartPanel, panels: number): ValueAxis {
  const values = panel.points
    .flatMap((point) => [point.value, point.baseline, point.lower, point.upper])
    .map(finiteOrNull)
    .filter((value) => value !== null);
  return valueAxis(values, panel.unit, maxTicks(plotHeightPx(panels)));
}

function tickLabelPx(axes: readonly ValueAxis[]): number {
  return Math.max(0, ...axes.flatMap((axis) => axis.ticks.map((tick) => estimateWidthPx(tick.label, fontSizes.tick))));
}

function endLabelPx(panels: readonly ChartPanel[]): number {
  const texts = [EXPECTED_TEXT, ...panels.map(latestText)];
  return Math.max(...texts.map((text) => estimateWidthPx(text, fontSizes.label)));
}

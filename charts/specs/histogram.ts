import type { TopLevelSpec } from 'vega-lite';
import type { HistogramBar, HistogramChartRequest } from '../../src/domain/chart-request.ts';
import { SHARE_UNIT } from '../../src/messages/format-number.ts';
import { cleanText, estimateWidthPx } from '../clean-text.ts';
import { colours, fontSizes, strokes } from '../theme.ts';
import { type Box, boxes, CANVAS_WIDTH_PX, canvasSpec, lines, rules, type Vertex, words } from './canvas.ts';
import { hatchLayer } from './hatch.ts';
import type { Layer } from './layer.ts';
import { usualBar } from './pair-looks.ts';
import { LEGEND_PX, periodLegend } from './period-legend.ts';
import { SHARE_ROW_PX, shareRows } from './share-rows.ts';
import { drawnValue, type ValueAxis, valueAxis } from './value-axis.ts';

const PLOT_PX = 250;
const TICK_GAP_PX = 10;
const X_AXIS_PX = 44;
const REST_GAP_PX = 14;
const MAX_Y_TICKS = 4;
/** Labels of values are up to so wide; closer ticks would touch. */
const MIN_X_TICK_PX = 110;
const TOP_GAP_PX = 8;

/** What is usual as filled bars, what is now as a heavy outline over them; below, the rows that have no place in it. */
export function histogramSpec(request: HistogramChartRequest): TopLevelSpec {
  const { bars, rest, title, unit } = request;
  const hasPlot = bars.length > 0;
  const plotPx = hasPlot ? TOP_GAP_PX + PLOT_PX + X_AXIS_PX : 0;
  const restTop = LEGEND_PX + plotPx + (hasPlot && rest.length > 0 ? REST_GAP_PX : 0);
  const named = cleanText(unit) === '' ? title : `${title}, ${unit}`;
  return canvasSpec(restTop + rest.length * SHARE_ROW_PX, [
    ...periodLegend(named, request, 'open'),
    ...(hasPlot ? plotLayers(bars, LEGEND_PX + TOP_GAP_PX) : []),
    ...(rest.length > 0 ? shareRows(rest, restTop, 'open') : []),
  ]);
}

function plotLayers(bars: readonly HistogramBar[], topPx: number): Layer[] {
  const shares = shareAxis(bars);
  const leftPx = Math.max(...shares.ticks.map(({ label }) => estimateWidthPx(label, fontSizes.tick))) + TICK_GAP_PX;
  const widthPx = CANVAS_WIDTH_PX - leftPx;
  const foot = topPx + PLOT_PX;
  const lower = drawnValue(bars[0]?.lower ?? 0);
  const upper = drawnValue(bars.at(-1)?.upper ?? 1);
  const x = (value: number): number => leftPx + ((drawnValue(value) - lower) / (upper - lower)) * widthPx;
  const y = (share: number): number => foot - (share / shares.upper) * PLOT_PX;
  const boxOf = (bar: HistogramBar, share: number): Box => ({
    x: x(bar.lower),
    y: y(share),
    width: x(bar.upper) - x(bar.lower),
    height: foot - y(share),
  });
  return [
    ...rules(
      shares.ticks.map(({ value }) => ({ x: leftPx, y: y(value), x2: CANVAS_WIDTH_PX, y2: y(value) })),
      { color: colours.grid, strokeWidth: strokes.grid },
    ),
    ...boxes(
      bars.filter(({ usual }) => usual > 0).map((bar) => boxOf(bar, bar.usual)),
      usualBar,
    ),
    ...hatchLayer(
      bars.map((bar) => boxOf(bar, bar.now)),
      'dark',
    ),
    ...lines(outline(bars, { x, y, foot }), {
      color: colours.anomaly,
      strokeWidth: strokes.outline,
      interpolate: 'step-after',
      strokeJoin: 'miter',
    }),
    ...rules([{ x: leftPx, y: foot, x2: CANVAS_WIDTH_PX, y2: foot }], {
      color: colours.tick,
      strokeWidth: strokes.axis,
    }),
    ...words(
      shares.ticks.map(({ value, label }) => ({ text: label, x: leftPx - TICK_GAP_PX, y: y(value) })),
      { align: 'right', baseline: 'middle', fontSize: fontSizes.tick, color: colours.tick },
    ),
    ...valueTicks({ lower, upper, leftPx, widthPx }, x, foot),
  ];
}

/** The upper edge of what is now, from its first bar to its last; it begins and ends on the ground. */
function outline(
  bars: readonly HistogramBar[],
  place: { readonly x: (value: number) => number; readonly y: (share: number) => number; readonly foot: number },
): Vertex[] {
  const filled = bars.slice(
    bars.findIndex(({ now }) => now > 0),
    bars.findLastIndex(({ now }) => now > 0) + 1,
  );
  const [first] = filled;
  const last = filled.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    { x: place.x(first.lower), y: place.foot, run: 0 },
    ...filled.map((bar) => ({ x: place.x(bar.lower), y: place.y(bar.now), run: 0 })),
    { x: place.x(last.upper), y: place.y(last.now), run: 0 },
    { x: place.x(last.upper), y: place.foot, run: 0 },
  ];
}

function shareAxis(bars: readonly HistogramBar[]): ValueAxis {
  const most = Math.max(0, ...bars.flatMap(({ usual, now }) => [usual, now]));
  const axis = valueAxis([0, most === 0 ? 1 : most], SHARE_UNIT, MAX_Y_TICKS);
  return { ...axis, lower: 0, ticks: axis.ticks.filter(({ value }) => value >= 0) };
}

function valueTicks(
  span: { readonly lower: number; readonly upper: number; readonly leftPx: number; readonly widthPx: number },
  x: (value: number) => number,
  footPx: number,
): Layer[] {
  const { lower, upper, leftPx, widthPx } = span;
  const ticks = valueAxis([lower, upper], '', Math.floor(widthPx / MIN_X_TICK_PX)).ticks.filter(
    ({ value }) => value >= lower && value <= upper,
  );
  return [
    ...rules(
      ticks.map(({ value }) => ({ x: x(value), y: footPx, x2: x(value), y2: footPx + 6 })),
      { color: colours.tick, strokeWidth: strokes.axis },
    ),
    ...words(
      ticks.map(({ value, label }) => {
        const half = estimateWidthPx(label, fontSizes.tick) / 2;
        return { text: label, x: Math.max(leftPx, Math.min(CANVAS_WIDTH_PX - half, x(value))), y: footPx + 12 };
      }),
      { align: 'center', baseline: 'top', fontSize: fontSizes.tick, color: colours.tick },
    ),
  ];
}

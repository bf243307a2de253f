import type { TopLevelSpec } from 'vega-lite';
import type { ReliabilityBin, ReliabilityChartRequest } from '../../src/domain/chart-request.ts';
import { formatCompact } from '../../src/messages/format-number.ts';
import { colours, dashes, fontSizes, fontWeights, strokes } from '../theme.ts';
import { CANVAS_WIDTH_PX, canvasSpec, points, rules, words } from './canvas.ts';
import { HEADING_PX, headingLayers } from './heading.ts';

/** Of more the numbers would stand on each other. */
export const MAX_RELIABILITY_BINS = 5;
/** Caption of the upward axis, and room above the plot for the number of a bin that is always real. */
const CAPTION_PX = 36;
const ABOVE_PX = 30;
const PLOT_TOP_PX = HEADING_PX + CAPTION_PX + ABOVE_PX;
const PLOT_HEIGHT_PX = 340;
const PLOT_BOTTOM_PX = PLOT_TOP_PX + PLOT_HEIGHT_PX;
/** `100 %` and its distance from the plot. */
const PLOT_LEFT_PX = 74;
/** Half of the last tick's word. */
const PLOT_RIGHT_PX = CANVAS_WIDTH_PX - 34;
const TICK_GAP_PX = 10;
const TICK_ROW_PX = 34;
const HEIGHT_PX = PLOT_BOTTOM_PX + TICK_ROW_PX + CAPTION_PX;
const TICKS: readonly number[] = [0, 0.25, 0.5, 0.75, 1];
const POINT_AREA_PX = 180;
const COUNT_GAP_PX = 14;

/** A point for each bin with its interval and its number of findings; on the dashed line what is said comes true. */
export function reliabilitySpec({ title, bins }: ReliabilityChartRequest): TopLevelSpec {
  const at = bins.map((bin) => ({ ...bin, x: xPx(bin.said), y: yPx(bin.real) }));
  const percent = (share: number): string => `${100 * share} %`;
  return canvasSpec(HEIGHT_PX, [
    ...headingLayers(title),
    ...words(
      [{ text: 'real by votes, with 95 % interval and number of findings', x: 0, y: HEADING_PX + CAPTION_PX / 2 }],
      caption,
    ),
    ...words(
      [
        {
          text: 'probability that was said; dashed: real as often as said',
          x: PLOT_RIGHT_PX,
          y: HEIGHT_PX - CAPTION_PX / 2,
        },
      ],
      {
        ...caption,
        align: 'right',
      },
    ),
    ...rules(
      TICKS.map((tick) => ({ x: PLOT_LEFT_PX, x2: PLOT_RIGHT_PX, y: yPx(tick), y2: yPx(tick) })),
      { color: colours.grid, strokeWidth: strokes.grid },
    ),
    ...words(
      TICKS.map((tick) => ({ text: percent(tick), x: PLOT_LEFT_PX - TICK_GAP_PX, y: yPx(tick) })),
      { align: 'right', baseline: 'middle', fontSize: fontSizes.tick, color: colours.tick },
    ),
    ...words(
      TICKS.map((tick) => ({
        text: percent(tick),
        x: xPx(tick),
        y: PLOT_BOTTOM_PX + TICK_ROW_PX / 2 + TICK_GAP_PX / 2,
      })),
      { align: 'center', baseline: 'middle', fontSize: fontSizes.tick, color: colours.tick },
    ),
    ...rules([{ x: xPx(0), y: yPx(0), x2: xPx(1), y2: yPx(1) }], {
      color: colours.baseline,
      strokeWidth: strokes.line,
      strokeDash: [...dashes.baseline],
    }),
    ...rules(at.map(whisker), { color: colours.line, strokeWidth: strokes.line }),
    ...points(at, { size: POINT_AREA_PX, color: colours.line }),
    ...words(
      at.map(({ x, high, labels }) => ({ text: formatCompact(labels), x, y: yPx(high) - COUNT_GAP_PX })),
      {
        align: 'center',
        baseline: 'middle',
        fontSize: fontSizes.small,
        fontWeight: fontWeights.strong,
        color: colours.heading,
      },
    ),
  ]);
}

const caption = { baseline: 'middle', fontSize: fontSizes.small, color: colours.tick } as const;

function whisker({ said, low, high }: ReliabilityBin) {
  return { x: xPx(said), x2: xPx(said), y: yPx(low), y2: yPx(high) };
}

function xPx(share: number): number {
  return PLOT_LEFT_PX + share * (PLOT_RIGHT_PX - PLOT_LEFT_PX);
}

function yPx(share: number): number {
  return PLOT_BOTTOM_PX - share * PLOT_HEIGHT_PX;
}

import { fontSizes, MARGIN_PX, WIDTH_PX } from '../theme.ts';
import type { ValueAxis } from './value-axis.ts';

/** Everything in CSS px, decided here instead of measured later: equal panels, equal edges, a known size. */
export interface ChartLayout {
  readonly plotWidthPx: number;
  readonly plotHeightPx: number;
  /** Between one plot and the next: air, and the heading of the next. */
  readonly spacingPx: number;
  readonly padding: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly heightPx: number;
  /** Strip above the first plot for the words of declared events. */
  readonly markerStripPx: number;
}

/** By number of panels: a single series may breathe, six still fit on a phone without scrolling. */
const PLOT_HEIGHTS_PX: readonly number[] = [300, 200, 156, 128, 110, 100];
/** From the heading's baseline to the plot. */
export const HEADING_GAP_PX = 18;
const PANEL_GAP_PX = 26;
/** Two lines of ticks and their distance from the plot. */
const TIME_AXIS_PX = 64;
export const LABEL_GAP_PX = 10;
export const MARKER_ROW_PX = 28;
const MIN_TICK_LABEL_PX = 48;
const MAX_TICK_LABEL_PX = 150;
const MIN_END_LABEL_PX = 96;
const MAX_END_LABEL_PX = 150;
/** A tick for about every so many px of height; with fewer than three allowed, a scale may show a single one. */
const PX_PER_TICK = 46;
const FEWEST_TICKS = 3;

export function plotHeightPx(panels: number): number {
  return PLOT_HEIGHTS_PX[panels - 1] ?? PLOT_HEIGHTS_PX[PLOT_HEIGHTS_PX.length - 1] ?? 0;
}

export function maxTicks(heightPx: number): number {
  return Math.max(FEWEST_TICKS, Math.floor(heightPx / PX_PER_TICK));
}

export function layOut(needs: {
  readonly panels: number;
  readonly tickLabelPx: number;
  readonly endLabelPx: number;
  readonly markerRows: number;
}): ChartLayout {
  const left = Math.round(MARGIN_PX + clamp(needs.tickLabelPx, MIN_TICK_LABEL_PX, MAX_TICK_LABEL_PX) + LABEL_GAP_PX);
  const right = Math.round(MARGIN_PX + clamp(needs.endLabelPx, MIN_END_LABEL_PX, MAX_END_LABEL_PX) + LABEL_GAP_PX);
  const plotHeight = plotHeightPx(needs.panels);
  const markerStripPx = needs.markerRows * MARKER_ROW_PX;
  const headingPx = fontSizes.heading + HEADING_GAP_PX;
  const spacingPx = PANEL_GAP_PX + headingPx;
  const top = MARGIN_PX + headingPx + markerStripPx;
  const bottom = TIME_AXIS_PX + MARGIN_PX;
  return {
    plotWidthPx: WIDTH_PX - left - right,
    plotHeightPx: plotHeight,
    spacingPx,
    padding: { left, top, right, bottom },
    heightPx: top + needs.panels * plotHeight + (needs.panels - 1) * spacingPx + bottom,
    markerStripPx,
  };
}

/** Distance from the top of the plot. */
export function yPx(value: number, axis: ValueAxis, heightPx: number): number {
  return heightPx * (1 - (value - axis.lower) / (axis.upper - axis.lower));
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

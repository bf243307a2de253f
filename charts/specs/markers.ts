import type { ChartMarker } from '../../src/domain/chart-request.ts';
import { estimateWidthPx, fitText } from '../clean-text.ts';
import { fontSizes } from '../theme.ts';
import { clamp } from './layout.ts';
import type { TimeDomain } from './time-axis.ts';

export interface PlacedMarker {
  readonly startPx: number;
  readonly endPx: number;
  /** Absent where every row is taken: the alt text has all of them. */
  readonly label?: {
    readonly text: string;
    readonly xPx: number;
    readonly align: 'left' | 'right';
    readonly row: number;
  };
}

/** A line of the hatching, in px of the plot. */
export interface HatchLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** More would push the data down. */
export const MAX_MARKER_ROWS = 2;
/** A band that is narrower is drawn as a line: a moment. */
const MIN_BAND_PX = 6;
const MAX_TEXT_PX = 300;
/** Between a band's edge and its word, and between two words. */
const WORD_GAP_PX = 7;
const HATCH_SPACING_PX = 11;

/** Bands within the time shown, each with its word beside its left edge, above the plot, in the first free row. */
export function placeMarkers(
  markers: readonly ChartMarker[],
  domain: TimeDomain,
  room: { readonly plotWidthPx: number; readonly rightPx: number },
): readonly PlacedMarker[] {
  const toPx = (ms: number): number => ((ms - domain.startMs) / (domain.endMs - domain.startMs)) * room.plotWidthPx;
  const rowEndsPx: number[] = new Array(MAX_MARKER_ROWS).fill(Number.NEGATIVE_INFINITY);
  return markers
    .filter((marker) => marker.startMs < domain.endMs && Math.max(marker.endMs, marker.startMs + 1) > domain.startMs)
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((marker) => {
      const startPx = clamp(toPx(marker.startMs), 0, room.plotWidthPx);
      const widthPx = clamp(toPx(marker.endMs), startPx, room.plotWidthPx) - startPx;
      const band = { startPx, endPx: widthPx < MIN_BAND_PX ? startPx : startPx + widthPx };
      const text = fitText(marker.text, MAX_TEXT_PX, fontSizes.small);
      const textPx = estimateWidthPx(text, fontSizes.small);
      const isRightOf = startPx + WORD_GAP_PX + textPx <= room.plotWidthPx + room.rightPx;
      const xPx = isRightOf ? startPx + WORD_GAP_PX : startPx - WORD_GAP_PX;
      const fromPx = isRightOf ? xPx : xPx - textPx;
      const row = rowEndsPx.findIndex((takenPx) => fromPx >= takenPx + WORD_GAP_PX);
      if (row < 0 || text === '') return band;
      rowEndsPx[row] = fromPx + textPx;
      return { ...band, label: { text, xPx, align: isRightOf ? 'left' : 'right', row } };
    });
}

export function markerRows(markers: readonly PlacedMarker[]): number {
  return Math.max(0, ...markers.map((marker) => (marker.label?.row ?? -1) + 1));
}

/** Diagonals inside a rectangle from the top of the plot to its bottom, cut at its edges. */
export function hatch(marker: PlacedMarker, heightPx: number): readonly HatchLine[] {
  const { startPx, endPx } = marker;
  if (endPx === startPx) return [];
  const lines: HatchLine[] = [];
  for (let foot = startPx + HATCH_SPACING_PX; foot < endPx + heightPx; foot += HATCH_SPACING_PX) {
    const x1 = Math.min(foot, endPx);
    const x2 = Math.max(startPx, foot - heightPx);
    lines.push({ x1, y1: heightPx - (foot - x1), x2, y2: heightPx - (foot - x2) });
  }
  return lines;
}

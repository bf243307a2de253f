import type { ChartMarker } from '../../src/domain/chart-request.ts';
import { estimateWidthPx, fitText } from '../clean-text.ts';
import { fontSizes } from '../theme.ts';
import { diagonals, type HatchLine } from './hatch.ts';
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

/** The hatching of a band from the top of the plot to its bottom. */
export function hatch({ startPx, endPx }: PlacedMarker, heightPx: number): readonly HatchLine[] {
  return diagonals({ x: startPx, y: 0, width: endPx - startPx, height: heightPx }, HATCH_SPACING_PX);
}

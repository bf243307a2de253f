import type { ChartPeriod } from '../../src/domain/chart-request.ts';
import { formatWindows } from '../../src/messages/format-window.ts';
import { fitText } from '../clean-text.ts';
import { colours, fontSizes } from '../theme.ts';
import { boxes, CANVAS_WIDTH_PX, words } from './canvas.ts';
import { HEADING_PX, headingLayers } from './heading.ts';
import type { Layer } from './layer.ts';
import { type NowLook, nowBoxes, usualBar } from './pair-looks.ts';

const LINE_PX = 32;
const SWATCH_WIDTH_PX = 34;
const SWATCH_HEIGHT_PX = 18;
const SWATCH_GAP_PX = 12;

/** Height of a heading with its two lines of legend. */
export const LEGEND_PX = HEADING_PX + 2 * LINE_PX + 8;

/** What the picture is of, and which of its two looks is which period. */
export function periodLegend(
  title: string,
  periods: { readonly usual: ChartPeriod; readonly now: ChartPeriod; readonly zone: string },
  look: NowLook,
): Layer[] {
  const { usual, now, zone } = periods;
  const rowY = (row: number): number => HEADING_PX + row * LINE_PX + LINE_PX / 2;
  const swatch = (row: number) => ({
    x: 1,
    y: rowY(row) - SWATCH_HEIGHT_PX / 2,
    width: SWATCH_WIDTH_PX,
    height: SWATCH_HEIGHT_PX,
  });
  const textX = SWATCH_WIDTH_PX + SWATCH_GAP_PX;
  const shorten = (text: string): string => fitText(text, CANVAS_WIDTH_PX - textX, fontSizes.small);
  return [
    ...headingLayers(title),
    ...boxes([swatch(0)], usualBar),
    ...nowBoxes([swatch(1)], look),
    ...words(
      [{ text: shorten(`usual: ${periodWords(usual, zone)}`), x: textX, y: rowY(0) }],
      legendWord(colours.expected),
    ),
    ...words([{ text: shorten(`now: ${periodWords(now, zone)}`), x: textX, y: rowY(1) }], legendWord(colours.anomaly)),
  ];
}

function legendWord(color: string) {
  return { baseline: 'middle', fontSize: fontSizes.small, color } as const;
}

function periodWords({ from, to }: ChartPeriod, zone: string): string {
  return formatWindows(from, to, zone);
}

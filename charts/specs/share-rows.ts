import type { SharePair } from '../../src/domain/chart-request.ts';
import { formatCompactShare } from '../../src/messages/format-number.ts';
import { estimateWidthPx, fitText } from '../clean-text.ts';
import { colours, fontSizes, fontWeights, strokes } from '../theme.ts';
import { type Box, boxes, CANVAS_WIDTH_PX, rules, words } from './canvas.ts';
import type { Layer } from './layer.ts';
import { clamp } from './layout.ts';
import { type NowLook, nowBoxes, usualBar } from './pair-looks.ts';

/** Height of one pair of bars with its air. */
export const SHARE_ROW_PX = 62;
const BAR_PX = 22;
const BAR_GAP_PX = 4;
const LABEL_GAP_PX = 14;
const MIN_LABEL_PX = 90;
const MAX_LABEL_PX = 230;
/** `> 99.9 %` and its distance from the bar. */
const VALUE_PX = 110;
const VALUE_GAP_PX = 8;
/** Something is not nothing. */
const MIN_BAR_PX = 2;

/** Pairs of bars below each other, what is usual above what is now, each with its number. */
export function shareRows(rows: readonly SharePair[], topPx: number, look: NowLook): Layer[] {
  const labelPx = labelWidthPx(rows);
  const barX = labelPx + LABEL_GAP_PX;
  const roomPx = CANVAS_WIDTH_PX - barX - VALUE_PX;
  const largest = Math.max(0, ...rows.flatMap(({ role, usual, now }) => (role === 'others' ? [] : [usual, now])));
  const box = (share: number, row: number, place: 0 | 1): Box => ({
    x: barX,
    y: topPx + row * SHARE_ROW_PX + (SHARE_ROW_PX - 2 * BAR_PX - BAR_GAP_PX) / 2 + place * (BAR_PX + BAR_GAP_PX),
    width: share <= 0 || largest === 0 ? 0 : Math.max(MIN_BAR_PX, (share / largest) * roomPx),
    height: BAR_PX,
  });
  const usual = rows.map((row, index) => box(row.role === 'others' ? 0 : row.usual, index, 0));
  const now = rows.map((row, index) => box(row.role === 'others' ? 0 : row.now, index, 1));
  const label = (role: SharePair['role']) =>
    words(
      rows.flatMap((row, index) =>
        row.role === role
          ? [
              {
                text: fitText(row.label, labelPx, fontSizes.label),
                x: labelPx,
                y: topPx + (index + 0.5) * SHARE_ROW_PX,
              },
            ]
          : [],
      ),
      {
        align: 'right',
        baseline: 'middle',
        fontSize: fontSizes.label,
        color: role === 'value' ? colours.heading : colours.tick,
        limit: labelPx,
      },
    );
  return [
    ...boxes(
      usual.filter(({ width }) => width > 0),
      usualBar,
    ),
    ...nowBoxes(now, look),
    ...rules([{ x: barX, y: topPx, x2: barX, y2: topPx + rows.length * SHARE_ROW_PX }], {
      color: colours.tick,
      strokeWidth: strokes.axis,
    }),
    ...label('value'),
    ...label('rest'),
    ...label('others'),
    ...words(othersWords(rows, barX, topPx), { baseline: 'middle', fontSize: fontSizes.small, color: colours.tick }),
    ...words(
      rows.flatMap((row, index) => (row.role === 'others' ? [] : [valueWord(row.usual, usual[index])])),
      { baseline: 'middle', fontSize: fontSizes.small, color: colours.expected },
    ),
    ...words(
      rows.flatMap((row, index) => (row.role === 'others' ? [] : [valueWord(row.now, now[index])])),
      { baseline: 'middle', fontSize: fontSizes.small, fontWeight: fontWeights.strong, color: colours.anomaly },
    ),
  ];
}

function othersWords(rows: readonly SharePair[], barX: number, topPx: number) {
  return rows.flatMap(({ role, usual, now }, index) =>
    role === 'others'
      ? [
          {
            text: `usually ${formatCompactShare(usual)}, now ${formatCompactShare(now)}`,
            x: barX + VALUE_GAP_PX,
            y: topPx + (index + 0.5) * SHARE_ROW_PX,
          },
        ]
      : [],
  );
}

function labelWidthPx(rows: readonly SharePair[]): number {
  const widest = Math.max(0, ...rows.map(({ label }) => estimateWidthPx(label, fontSizes.label)));
  return clamp(widest, MIN_LABEL_PX, MAX_LABEL_PX);
}

function valueWord(share: number, box: Box | undefined) {
  const { x, y, width } = box ?? { x: 0, y: 0, width: 0 };
  return { text: formatCompactShare(share), x: x + width + VALUE_GAP_PX, y: y + BAR_PX / 2 };
}

import type { TopLevelSpec } from 'vega-lite';
import type { StripChartRequest, StripRow } from '../../src/domain/chart-request.ts';
import { cleanText, estimateWidthPx, fitText } from '../clean-text.ts';
import { colours, fontSizes, fontWeights, strokes } from '../theme.ts';
import { type Box, boxes, CANVAS_WIDTH_PX, canvasSpec, rules, words } from './canvas.ts';
import type { Layer } from './layer.ts';
import { nowBoxes } from './pair-looks.ts';
import { sparkline } from './sparkline.ts';
import type { TimeDomain } from './time-axis.ts';
import { spanLabels, timeDomain } from './time-span.ts';

/** More models are a second strip. */
export const MAX_STRIP_ROWS = 12;
const ROW_PX = 92;
const LINE_HEIGHT_PX = 54;
const LANE_PX = 12;
const LANE_GAP_PX = 6;
/** The column of words is as wide as its widest state asks for, within these: a line of four weeks needs 220 px. */
const WORDS_PX = { least: 270, most: 450 } as const;
const WORDS_GAP_PX = 18;
const DATES_PX = 36;
const MIN_LANE_PX = 5;

/** A line for each model: its name and state, its leading series, and below it a lane with the time of its reports. */
export function stripSpec({ rows, zone }: StripChartRequest): TopLevelSpec {
  const domain = timeDomain(rows.map(({ lead }) => lead));
  const wordsPx = wordsWidthPx(rows);
  const boxOf = (row: number): Box => ({
    x: wordsPx + WORDS_GAP_PX,
    y: row * ROW_PX + (ROW_PX - LINE_HEIGHT_PX - LANE_GAP_PX - LANE_PX) / 2,
    width: CANVAS_WIDTH_PX - wordsPx - WORDS_GAP_PX,
    height: LINE_HEIGHT_PX,
  });
  const foot = { ...boxOf(rows.length - 1), y: (rows.length - 1) * ROW_PX, height: ROW_PX };
  return canvasSpec(rows.length * ROW_PX + DATES_PX, [
    ...rules(
      rows
        .slice(1)
        .map((_, index) => ({ x: 0, y: (index + 1) * ROW_PX, x2: CANVAS_WIDTH_PX, y2: (index + 1) * ROW_PX })),
      { color: colours.grid, strokeWidth: strokes.grid },
    ),
    ...rows.flatMap((row, index) => rowLayers(row, { box: boxOf(index), wordsPx }, domain)),
    ...(rows.some(({ lead }) => lead.points.length > 0) ? spanLabels(domain, zone, foot) : []),
  ]);
}

/** What a model is called may be cut, what state it is in is news. */
function wordsWidthPx(rows: readonly StripRow[]): number {
  const widest = Math.max(...rows.map(({ state }) => estimateWidthPx(cleanText(state), fontSizes.small)));
  return Math.min(WORDS_PX.most, Math.max(WORDS_PX.least, Math.ceil(widest)));
}

interface RowPlace {
  readonly box: Box;
  readonly wordsPx: number;
}

function rowLayers(row: StripRow, { box, wordsPx }: RowPlace, domain: TimeDomain): Layer[] {
  const middle = box.y + (LINE_HEIGHT_PX + LANE_GAP_PX + LANE_PX) / 2;
  const lane = { ...box, y: box.y + LINE_HEIGHT_PX + LANE_GAP_PX, height: LANE_PX };
  const reports = row.reports.flatMap((report) => laneBox(report, lane, domain));
  return [
    ...sparkline(row.lead, box, domain),
    ...boxes([lane], { color: colours.grid }),
    ...nowBoxes(reports, 'solid'),
    ...words([{ text: fitText(row.title, wordsPx, fontSizes.label), x: 0, y: middle - 15 }], {
      baseline: 'middle',
      fontSize: fontSizes.label,
      fontWeight: fontWeights.strong,
      color: colours.heading,
      limit: wordsPx,
    }),
    ...words([{ text: fitText(row.state, wordsPx, fontSizes.small), x: 0, y: middle + 15 }], {
      baseline: 'middle',
      fontSize: fontSizes.small,
      color: row.isFiring ? colours.anomaly : colours.tick,
      limit: wordsPx,
    }),
  ];
}

function laneBox({ startMs, endMs }: StripRow['reports'][number], lane: Box, domain: TimeDomain): Box[] {
  const from = Math.max(startMs, domain.startMs);
  const to = Math.min(endMs, domain.endMs);
  if (to <= from) return [];
  const pxPerMs = lane.width / (domain.endMs - domain.startMs);
  const width = Math.max(MIN_LANE_PX, (to - from) * pxPerMs);
  const x = Math.min(lane.x + (from - domain.startMs) * pxPerMs, lane.x + lane.width - width);
  return [{ ...lane, x, width }];
}

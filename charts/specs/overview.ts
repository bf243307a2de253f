import type { TopLevelSpec } from 'vega-lite';
import type { ChartPanel, OverviewChartRequest } from '../../src/domain/chart-request.ts';
import { formatCompact, formatCompactShare, SHARE_UNIT } from '../../src/messages/format-number.ts';
import { cleanText, estimateWidthPx, fitText } from '../clean-text.ts';
import { colours, fontSizes, fontWeights, strokes } from '../theme.ts';
import { type Box, CANVAS_WIDTH_PX, canvasSpec, rules, words } from './canvas.ts';
import { EXPECTED_TEXT, latestText } from './end-labels.ts';
import type { Layer } from './layer.ts';
import { finiteOrNull } from './runs.ts';
import { sparkline } from './sparkline.ts';
import { spanLabels, timeDomain } from './time-span.ts';

/** Six rows: more do not fit a phone's screen. */
export const MAX_OVERVIEW_PANELS = 12;
const MOST_COLUMNS = 2;
const COLUMN_GAP_PX = 40;
const TITLE_PX = 30;
const FIGURES_PX = 34;
const PLOT_PX = 92;
const ROW_GAP_PX = 26;
const CELL_PX = TITLE_PX + FIGURES_PX + PLOT_PX;
const DATES_PX = 36;
const FIGURE_GAP_PX = 14;

/** Each series in a small panel with its newest figures, on one time axis that only the foot tells. */
export function overviewSpec({ panels, zone }: OverviewChartRequest): TopLevelSpec {
  const domain = timeDomain(panels);
  const columns = Math.min(MOST_COLUMNS, panels.length);
  const rows = Math.ceil(panels.length / columns);
  const width = (CANVAS_WIDTH_PX - (columns - 1) * COLUMN_GAP_PX) / columns;
  const height = rows * (CELL_PX + ROW_GAP_PX) - ROW_GAP_PX + DATES_PX;
  const boxOf = (index: number): Box => ({
    x: (index % columns) * (width + COLUMN_GAP_PX),
    y: Math.floor(index / columns) * (CELL_PX + ROW_GAP_PX) + TITLE_PX + FIGURES_PX,
    width,
    height: PLOT_PX,
  });
  const feet = Array.from({ length: columns }, (_, column) =>
    boxOf(column + columns * Math.floor((panels.length - 1 - column) / columns)),
  );
  return canvasSpec(height, [
    ...panels.flatMap((panel, index) => cell(panel, boxOf(index), domain)),
    ...feet.flatMap((box) => spanLabels(domain, zone, box)),
  ]);
}

function cell(panel: ChartPanel, box: Box, domain: Parameters<typeof sparkline>[2]): Layer[] {
  const latest = panel.points.at(-1);
  const unit = cleanText(panel.unit);
  const title = unit === '' || unit === SHARE_UNIT ? panel.title : `${panel.title}, ${unit}`;
  const isAnomaly = latest?.isAnomaly === true;
  const value = latestText(panel);
  const figureY = box.y - FIGURES_PX / 2 - 4;
  return [
    ...sparkline(panel, box, domain),
    ...rules([{ x: box.x, y: box.y + box.height, x2: box.x + box.width, y2: box.y + box.height }], {
      color: colours.grid,
      strokeWidth: strokes.grid,
    }),
    ...words([{ text: fitText(title, box.width, fontSizes.label), x: box.x, y: box.y - FIGURES_PX - TITLE_PX / 2 }], {
      baseline: 'middle',
      fontSize: fontSizes.label,
      fontWeight: fontWeights.strong,
      color: colours.heading,
      limit: box.width,
    }),
    ...words([{ text: value, x: box.x, y: figureY }], {
      baseline: 'middle',
      fontSize: fontSizes.small,
      fontWeight: fontWeights.strong,
      color: isAnomaly ? colours.anomaly : colours.line,
    }),
    ...words(
      [
        {
          text: expectedText(panel, box.width - estimateWidthPx(value, fontSizes.small) - FIGURE_GAP_PX),
          x: box.x + box.width,
          y: figureY,
        },
      ],
      {
        align: 'right',
        baseline: 'middle',
        fontSize: fontSizes.small,
        color: colours.expected,
      },
    ),
  ];
}

/** `expected 700–745`: of the newest window; without the word where there is no room, and nothing without a band. */
function expectedText(panel: ChartPanel, roomPx: number): string {
  const range = expectedRange(panel);
  if (range === '') return '';
  const texts = [`${EXPECTED_TEXT} ${range}`, range];
  return texts.find((text) => estimateWidthPx(text, fontSizes.small) <= roomPx) ?? '';
}

function expectedRange({ points, unit }: ChartPanel): string {
  const latest = points.at(-1);
  const lower = latest === undefined ? null : finiteOrNull(latest.lower);
  const upper = latest === undefined ? null : finiteOrNull(latest.upper);
  if (lower === null || upper === null) return '';
  if (unit !== SHARE_UNIT) return `${formatCompact(lower)}\u2013${formatCompact(upper)}`;
  const within = (share: number): number => Math.max(0, Math.min(1, share));
  const [from, to] = [formatCompactShare(within(lower)), formatCompactShare(within(upper))];
  return from === to ? to : `${from.replace(/ %$/, '')}\u2013${to.replace('> ', '')}`;
}

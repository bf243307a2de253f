import type { TopLevelSpec } from 'vega-lite';
import type { ChartPanel, ChartPoint } from '../../src/domain/chart-request.ts';
import { zoneAbbreviation } from '../../src/messages/format-window.ts';
import { colours, dashes, fontSizes, fontWeights, MARGIN_PX, opacities, strokes, WIDTH_PX } from '../theme.ts';
import { endLabels } from './end-labels.ts';
import { type ChartLayout, HEADING_GAP_PX, LABEL_GAP_PX, MARKER_ROW_PX } from './layout.ts';
import { hatch, type PlacedMarker } from './markers.ts';
import { anomalousStretches, bandRuns, baselineRuns, finiteOrNull, middleMs, valueRuns } from './runs.ts';
import { isHourly, type TimeDomain, type TimeTick } from './time-axis.ts';
import type { ValueAxis } from './value-axis.ts';

export interface PanelNeeds {
  readonly panel: ChartPanel;
  readonly heading: string;
  readonly axis: ValueAxis;
  readonly domain: TimeDomain;
  readonly ticks: readonly TimeTick[];
  readonly zone: string;
  readonly layout: ChartLayout;
  readonly markers: readonly PlacedMarker[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isBandNamed: boolean;
}

type Panel = Extract<TopLevelSpec, { vconcat: unknown }>['vconcat'][number];
interface WordStyle {
  readonly align?: 'left' | 'right' | 'center';
  readonly baseline: 'alphabetic' | 'middle' | 'top';
  readonly fontSize: number;
  readonly fontWeight?: 400 | 600;
  readonly color: string;
  readonly limit?: number;
}

type Row = Readonly<Record<string, number | string>>;
type Layer = Extract<Panel, { layer: unknown }>['layer'][number];

/** Diamonds are this wide, narrower where windows are close together. */
const MARKER_PX = { least: 11, most: 19, perWindow: 1.45 } as const;
/** A stripe that is narrower cannot be seen. */
const MIN_STRIPE_PX = 4;
const DOT_PX = 7;
/** Diamonds of one stretch that are closer would be one blot; the stripe tells how long it is. */
const MIN_MARKER_GAP_PX = 7;
/** Where windows are closer, a thick line would fill its own valleys. */
const DENSE_WINDOW_PX = 3;
const NO_DATA_TEXT = 'no data';

/** Layers from the ground up; what is translucent lies over the band, so that it is seen on it too. */
export function panelSpec(needs: PanelNeeds): Panel {
  const { layout } = needs;
  return {
    width: layout.plotWidthPx,
    height: layout.plotHeightPx,
    layer: [
      ...bandLayers(needs),
      ...eventLayers(needs),
      ...stripeLayers(needs),
      ...baselineLayers(needs),
      ...lineLayers(needs),
      ...anomalyLayers(needs),
      ...wordLayers(needs),
      // Last and invisible: it owns both axes, so that they are there even when no value is.
      axisLayer(needs),
    ],
  };
}

function eventLayers({ markers, layout, isFirst }: PanelNeeds): Layer[] {
  if (markers.length === 0) return [];
  const top = isFirst ? -layout.markerStripPx : 0;
  const edges = markers.flatMap(({ startPx, endPx, label }) => {
    // The left edge reaches up to its word; the right one ends with the plot.
    const y = isFirst && label !== undefined ? top + label.row * MARKER_ROW_PX : 0;
    return [{ x: startPx, y }, ...(endPx > startPx ? [{ x: endPx, y: 0 }] : [])];
  });
  return [
    {
      data: { values: markers.map(({ startPx, endPx }) => ({ x: startPx, x2: endPx })) },
      mark: { type: 'rect', color: colours.event, opacity: opacities.eventFill },
      encoding: { x: inPx('x'), x2: { field: 'x2' }, y: { value: 0 }, y2: { value: layout.plotHeightPx } },
    },
    {
      data: { values: markers.flatMap((marker) => hatch(marker, layout.plotHeightPx)) },
      mark: { type: 'rule', color: colours.event, opacity: opacities.hatch, strokeWidth: strokes.grid },
      encoding: { x: inPx('x1'), x2: { field: 'x2' }, y: inPx('y1'), y2: { field: 'y2' } },
    },
    {
      data: { values: edges },
      mark: { type: 'rule', color: colours.event, strokeWidth: strokes.event, strokeDash: [...dashes.event] },
      encoding: { x: inPx('x'), y: inPx('y'), y2: { value: layout.plotHeightPx } },
    },
    ...(isFirst ? eventWords(markers, top) : []),
  ];
}

function eventWords(markers: readonly PlacedMarker[], topPx: number): Layer[] {
  return markers.flatMap(({ label }) =>
    label === undefined
      ? []
      : [
          word(label.text, label.xPx, topPx + label.row * MARKER_ROW_PX, {
            align: label.align,
            baseline: 'top',
            fontSize: fontSizes.small,
            color: colours.eventText,
          }),
        ],
  );
}

function stripeLayers({ panel, domain, layout }: PanelNeeds): Layer[] {
  const stretches = anomalousStretches(panel.points);
  if (stretches.length === 0) return [];
  const leastMs = (MIN_STRIPE_PX / layout.plotWidthPx) * (domain.endMs - domain.startMs);
  const values = stretches.map(({ startMs, endMs }) => {
    const missingMs = Math.max(0, leastMs - (endMs - startMs)) / 2;
    return { at: startMs - missingMs, until: endMs + missingMs };
  });
  return [
    {
      data: { values },
      mark: { type: 'rect', color: colours.anomaly, opacity: opacities.stripe },
      encoding: { x: inTime(domain), x2: { field: 'until' } },
    },
  ];
}

function bandLayers(needs: PanelNeeds): Layer[] {
  const values = bandRuns(needs.panel.points).map(({ atMs, ...vertex }) => ({ at: atMs, ...vertex }));
  if (values.length === 0) return [];
  const { domain, axis } = needs;
  const edge = (field: 'lower' | 'upper'): Layer => ({
    mark: { type: 'line', color: colours.bandEdge, strokeWidth: strokes.bandEdge },
    encoding: { x: inTime(domain), y: inValue(field, axis), detail: byRun },
  });
  return [
    {
      data: { values },
      layer: [
        {
          mark: { type: 'area', color: colours.band },
          encoding: { x: inTime(domain), y: inValue('lower', axis), y2: { field: 'upper' }, detail: byRun },
        },
        edge('lower'),
        edge('upper'),
      ],
    },
  ];
}

function baselineLayers({ panel, domain, axis }: PanelNeeds): Layer[] {
  const values = baselineRuns(panel.points).map(({ atMs, value, run }) => ({ at: atMs, value, run }));
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: 'line', color: colours.baseline, strokeWidth: strokes.baseline, strokeDash: [...dashes.baseline] },
      encoding: { x: inTime(domain), y: inValue('value', axis), detail: byRun },
    },
  ];
}

function lineLayers({ panel, domain, axis, layout }: PanelNeeds): Layer[] {
  const { line, isolated } = valueRuns(panel.points);
  const place = { x: inTime(domain), y: inValue('value', axis) };
  const latest = panel.points.at(-1);
  const latestValue = latest === undefined ? null : finiteOrNull(latest.value);
  const dots = [
    ...isolated.map(({ atMs, value }) => ({ at: atMs, value })),
    ...(latest === undefined || latestValue === null ? [] : [{ at: middleMs(latest), value: latestValue }]),
  ];
  const strokeWidth = windowWidthPx(domain, layout) < DENSE_WINDOW_PX ? strokes.denseLine : strokes.line;
  const vertices = line.map(({ atMs, value, run }) => ({ at: atMs, value, run }));
  return [
    ...layerOf(vertices, {
      mark: { type: 'line', color: colours.line, strokeWidth, strokeCap: 'round', strokeJoin: 'round' },
      encoding: { ...place, detail: byRun },
    }),
    ...layerOf(dots, {
      mark: { type: 'point', shape: 'circle', filled: true, opacity: 1, color: colours.line, size: DOT_PX ** 2 },
      encoding: place,
    }),
  ];
}

/** Filled diamonds on the values; hollow ones at the foot where there is no value to stand on. */
function anomalyLayers({ panel, domain, axis, layout }: PanelNeeds): Layer[] {
  const windowPx = windowWidthPx(domain, layout);
  const widthPx = Math.max(MARKER_PX.least, Math.min(MARKER_PX.most, windowPx * MARKER_PX.perWindow));
  const anomalies = thinOut(panel.points, Math.ceil(MIN_MARKER_GAP_PX / windowPx));
  const mark = { type: 'point', shape: 'diamond', filled: true, opacity: 1, size: Math.round(widthPx ** 2) } as const;
  const standing = anomalies.flatMap((point) => {
    const value = finiteOrNull(point.value);
    return value === null ? [] : [{ at: middleMs(point), value }];
  });
  const hollow = anomalies
    .filter((point) => finiteOrNull(point.value) === null)
    .map((point) => ({ at: middleMs(point) }));
  return [
    ...layerOf(standing, {
      mark: { ...mark, fill: colours.anomaly, stroke: colours.background, strokeWidth: strokes.markerOutline },
      encoding: { x: inTime(domain), y: inValue('value', axis) },
    }),
    ...layerOf(hollow, {
      mark: { ...mark, fill: colours.background, stroke: colours.anomaly, strokeWidth: strokes.markerOutline },
      encoding: { x: inTime(domain), y: { value: layout.plotHeightPx - widthPx / 2 } },
    }),
  ];
}

/** Every so-many-th anomaly of an unbroken stretch, its first and last always. */
function thinOut(points: readonly ChartPoint[], every: number): readonly ChartPoint[] {
  let inStretch = 0;
  return points.filter((point, index) => {
    if (!point.isAnomaly) {
      inStretch = 0;
      return false;
    }
    inStretch += 1;
    return (inStretch - 1) % every === 0 || points[index + 1]?.isAnomaly !== true;
  });
}

function windowWidthPx(domain: TimeDomain, layout: ChartLayout): number {
  return (domain.windowMs / (domain.endMs - domain.startMs)) * layout.plotWidthPx;
}

function wordLayers(needs: PanelNeeds): Layer[] {
  const { layout, panel, axis, isFirst, isLast, domain, zone } = needs;
  const headingY = -HEADING_GAP_PX - (isFirst ? layout.markerStripPx : 0);
  const labels = endLabels(panel, axis, { heightPx: layout.plotHeightPx, isBandNamed: needs.isBandNamed });
  return [
    word(needs.heading, MARGIN_PX - layout.padding.left, headingY, {
      baseline: 'alphabetic',
      fontSize: fontSizes.heading,
      fontWeight: fontWeights.strong,
      color: colours.heading,
      limit: WIDTH_PX - 2 * MARGIN_PX,
    }),
    ...labels.map((label) =>
      word(label.text, layout.plotWidthPx + LABEL_GAP_PX, label.yPx, {
        baseline: 'middle',
        fontSize: label.isStrong ? fontSizes.label : fontSizes.small,
        fontWeight: label.isStrong ? fontWeights.strong : fontWeights.regular,
        color: label.colour,
        limit: layout.padding.right - LABEL_GAP_PX,
      }),
    ),
    ...(axis.ticks.length === 0
      ? [
          word(NO_DATA_TEXT, layout.plotWidthPx / 2, layout.plotHeightPx / 2, {
            align: 'center',
            baseline: 'middle',
            fontSize: fontSizes.label,
            color: colours.tick,
          }),
        ]
      : []),
    ...(isLast && isHourly(domain)
      ? [
          word(
            zoneAbbreviation(domain.endMs, zone),
            layout.plotWidthPx + layout.padding.right - MARGIN_PX,
            layout.plotHeightPx + LABEL_GAP_PX,
            { align: 'right', baseline: 'top', fontSize: fontSizes.small, color: colours.tick },
          ),
        ]
      : []),
  ];
}

function word(text: string, x: number, y: number, mark: WordStyle): Layer {
  return {
    data: { values: [{}] },
    mark: { type: 'text', align: 'left', ...mark },
    encoding: { text: { value: text }, x: { value: x }, y: { value: y } },
  };
}

function axisLayer({ axis, domain, ticks, isLast }: PanelNeeds): Layer {
  const timeAxis = {
    values: ticks.map((tick) => tick.atMs),
    labelExpr: lookUp(ticks.map((tick) => [tick.atMs, tick.lines])),
    labels: isLast,
    ticks: isLast,
  };
  const valueAxis = {
    values: axis.ticks.map((tick) => tick.value),
    labelExpr: lookUp(axis.ticks.map((tick) => [tick.value, tick.label])),
  };
  return {
    data: { values: [] },
    mark: 'rule',
    encoding: { x: { ...inTime(domain), axis: timeAxis }, y: { ...inValue('value', axis), axis: valueAxis } },
  };
}

/** A vega expression that finds the finished label of a tick; both tables are ours and hold no text of others. */
function lookUp(rows: readonly (readonly [number, unknown])[]): string {
  const keys = JSON.stringify(rows.map(([key]) => key));
  return `${JSON.stringify(rows.map(([, label]) => label))}[indexof(${keys}, datum.value)]`;
}

/** Nothing to draw is no layer. */
function layerOf(values: readonly Row[], layer: Layer): Layer[] {
  return values.length === 0 ? [] : [{ data: { values: [...values] }, ...layer }];
}

const byRun = { field: 'run', type: 'nominal' } as const;

function inTime(domain: TimeDomain) {
  const scale = { domain: [domain.startMs, domain.endMs], nice: false, zero: false };
  return { field: 'at', type: 'quantitative', scale } as const;
}

function inValue(field: string, axis: ValueAxis) {
  const scale = { domain: [axis.lower, axis.upper], nice: false, zero: false };
  return { field, type: 'quantitative', scale } as const;
}

function inPx(field: string) {
  return { field, type: 'quantitative', scale: null, axis: null } as const;
}

import type { ChartPoint } from '../../src/domain/chart-request.ts';
import { colours, dashes, opacities, strokes } from '../theme.ts';
import { axisLayer } from './axis-layer.ts';
import { eventLayers } from './event-layers.ts';
import { byRun, inTime, inValue, type Layer, layerOf, type Panel } from './layer.ts';
import type { ChartLayout } from './layout.ts';
import type { PanelNeeds } from './panel-needs.ts';
import { anomalousStretches, bandRuns, baselineRuns, finiteOrNull, middleMs, valueRuns } from './runs.ts';
import type { TimeDomain } from './time-axis.ts';
import { wordLayers } from './word-layers.ts';

/** Diamonds are this wide, narrower where windows are close together. */
const MARKER_PX = { least: 11, most: 19, perWindow: 1.45 } as const;
/** A stripe that is narrower cannot be seen. */
const MIN_STRIPE_PX = 4;
const DOT_PX = 7;
/** Diamonds of one stretch that are closer would be one blot; the stripe tells how long it is. */
const MIN_MARKER_GAP_PX = 7;
/** Where windows are closer, a thick line would fill its own valleys. */
const DENSE_WINDOW_PX = 3;

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
      axisLayer(needs),
    ],
  };
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
      mark: { type: 'rect', color: colours.anomaly, fillOpacity: opacities.stripe },
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

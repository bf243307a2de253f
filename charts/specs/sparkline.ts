import type { ChartPanel } from '../../src/domain/chart-request.ts';
import { colours, opacities, strokes } from '../theme.ts';
import { areas, type Box, boxes, lines, points, type Vertex } from './canvas.ts';
import type { Layer } from './layer.ts';
import { yPx } from './layout.ts';
import { anomalousStretches, bandRuns, finiteOrNull, middleMs, valueRuns } from './runs.ts';
import type { TimeDomain } from './time-axis.ts';
import { valueAxis } from './value-axis.ts';

const DIAMOND_PX = 13;
const DOT_PX = 8;
/** A stripe that is narrower cannot be seen. */
const MIN_STRIPE_PX = 4;

/** A series without axes in a box: band, line, a diamond on every anomaly, a dot on the newest window. */
export function sparkline({ points: all }: ChartPanel, box: Box, domain: TimeDomain): Layer[] {
  const axis = valueAxis(
    all.flatMap(({ value, lower, upper }) => [value, lower, upper].map(finiteOrNull)).filter((one) => one !== null),
    '',
    1,
  );
  const x = (ms: number): number => box.x + ((ms - domain.startMs) / (domain.endMs - domain.startMs)) * box.width;
  const y = (value: number): number => box.y + yPx(value, axis, box.height);
  const { line, isolated } = valueRuns(all);
  const vertices = line.map(({ atMs, value, run }): Vertex => ({ x: x(atMs), y: y(value), run }));
  const anomalies = all.filter(({ isAnomaly }) => isAnomaly);
  const standing = anomalies.flatMap((point) => {
    const value = finiteOrNull(point.value);
    return value === null ? [] : [{ x: x(middleMs(point)), y: y(value) }];
  });
  const fallen = anomalies
    .filter(({ value }) => finiteOrNull(value) === null)
    .map((point) => ({ x: x(middleMs(point)), y: box.y + box.height - DIAMOND_PX / 2 }));
  const latest = all.at(-1);
  const latestValue = latest === undefined ? null : finiteOrNull(latest.value);
  const dots = [
    ...isolated.map(({ atMs, value }) => ({ x: x(atMs), y: y(value) })),
    ...(latest === undefined || latestValue === null ? [] : [{ x: x(middleMs(latest)), y: y(latestValue) }]),
  ];
  const diamond = { shape: 'diamond', size: DIAMOND_PX ** 2, strokeWidth: strokes.markerOutline } as const;
  return [
    ...areas(
      bandRuns(all).map(({ atMs, lower, upper, run }) => ({ x: x(atMs), y: y(lower), y2: y(upper), run })),
      { color: colours.band },
    ),
    ...boxes(stripes(all, x, box), { color: colours.anomaly, fillOpacity: opacities.stripe }),
    ...lines(vertices, {
      color: colours.line,
      strokeWidth: strokes.sparkline,
      strokeCap: 'round',
      strokeJoin: 'round',
    }),
    ...points(dots, { shape: 'circle', color: colours.line, size: DOT_PX ** 2 }),
    ...points(standing, { ...diamond, fill: colours.anomaly, stroke: colours.background }),
    ...points(fallen, { ...diamond, fill: colours.background, stroke: colours.anomaly }),
  ];
}

function stripes(all: ChartPanel['points'], x: (ms: number) => number, box: Box): Box[] {
  return anomalousStretches(all).map(({ startMs, endMs }) => {
    const missing = Math.max(0, MIN_STRIPE_PX - (x(endMs) - x(startMs))) / 2;
    return { x: x(startMs) - missing, y: box.y, width: x(endMs) - x(startMs) + 2 * missing, height: box.height };
  });
}

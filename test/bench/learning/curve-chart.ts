import type { TopLevelSpec } from 'vega-lite';
import { fontSizes } from '../../../charts/theme.ts';
import { chartFrame, palette } from '../evidence/pictures/chart-frame.ts';
import type { Simulation } from './simulate.ts';

/** Of each of the two panels. */
const HEIGHT_PX = 260;
const PANELS = [
  ['falseReports', 'false reports'],
  ['falseFindings', 'false findings'],
] as const;

/** False reports and false findings by week, a line for each kind of feedback. */
export function curveChart(detector: string, arms: ReadonlyMap<string, Simulation>): TopLevelSpec {
  const names = [...arms.keys()];
  const values = PANELS.flatMap(([field, what]) =>
    [...arms].flatMap(([arm, { weeks }]) =>
      weeks.map((of, index) => ({ what, arm, week: index + 1, count: of[field] })),
    ),
  );
  return chartFrame(`False reports and findings of all models by week, detector ${detector}`, HEIGHT_PX, {
    data: { values },
    mark: { type: 'line', strokeWidth: 3, point: { size: 60 } },
    encoding: {
      row: {
        field: 'what',
        type: 'nominal',
        sort: PANELS.map(([, what]) => what),
        header: { title: null, labelFontSize: fontSizes.small },
      },
      x: {
        field: 'week',
        type: 'quantitative',
        axis: { title: 'week', grid: false, tickMinStep: 1, tickCount: 12, format: 'd' },
      },
      y: {
        field: 'count',
        type: 'quantitative',
        scale: { domainMin: 0 },
        axis: { title: null, tickCount: 5 },
      },
      color: { field: 'arm', type: 'nominal', scale: { domain: names, range: palette.slice(0, names.length) } },
    },
    resolve: { scale: { y: 'independent' } },
  });
}

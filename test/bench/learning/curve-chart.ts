import type { TopLevelSpec } from 'vega-lite';
import { chartFrame, palette } from '../evidence/pictures/chart-frame.ts';
import type { Simulation } from './simulate.ts';

const HEIGHT_PX = 360;

/** False findings by week, a line for each kind of feedback. */
export function curveChart(detector: string, arms: ReadonlyMap<string, Simulation>): TopLevelSpec {
  const names = [...arms.keys()];
  const values = [...arms].flatMap(([arm, { weeks }]) =>
    weeks.map(({ falseFindings }, index) => ({ arm, week: index + 1, falseFindings })),
  );
  return chartFrame(`False findings by week, detector ${detector}`, HEIGHT_PX, {
    data: { values },
    mark: { type: 'line', strokeWidth: 3, point: { size: 60 } },
    encoding: {
      x: {
        field: 'week',
        type: 'quantitative',
        axis: { title: 'week', grid: false, tickMinStep: 1, tickCount: 12, format: 'd' },
      },
      y: { field: 'falseFindings', type: 'quantitative', axis: { title: 'false findings, all models', tickCount: 5 } },
      color: { field: 'arm', type: 'nominal', scale: { domain: names, range: palette.slice(0, names.length) } },
    },
  });
}

import type { TopLevelSpec } from 'vega-lite';
import { colours } from '../../../../charts/theme.ts';
import { chartFrame } from './chart-frame.ts';

const HEIGHT_PX = 360;

/** Loss of the network of driftbell after each pass over its corpus. */
export function lossChart(losses: readonly number[]): TopLevelSpec {
  return chartFrame('Loss of driftbell in training', HEIGHT_PX, {
    data: { values: losses.map((loss, index) => ({ pass: index + 1, loss })) },
    mark: { type: 'line', strokeWidth: 3, color: colours.line, point: { size: 70, color: colours.line } },
    encoding: {
      x: {
        field: 'pass',
        type: 'quantitative',
        axis: { title: 'pass over the corpus', grid: false, tickMinStep: 1, tickCount: 6, format: 'd' },
      },
      y: {
        field: 'loss',
        type: 'quantitative',
        scale: { zero: false },
        axis: { title: 'pinball loss, median and bounds', tickCount: 5 },
      },
    },
  });
}

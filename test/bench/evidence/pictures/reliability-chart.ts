import type { TopLevelSpec } from 'vega-lite';
import { colours, dashes } from '../../../../charts/theme.ts';
import { NOMINAL, type Reliability } from '../reliability.ts';
import { chartFrame, palette } from './chart-frame.ts';

const HEIGHT_PX = 520;
const POINT_SIZE = 90;

/** Promised against seen, both in logarithms; on the dashed line they are equal. */
export function reliabilityChart(reliability: readonly Reliability[]): TopLevelSpec {
  const order = reliability.map(({ set }) => set);
  const values = reliability.flatMap(({ set, seen }) => {
    return NOMINAL.flatMap((promised, at) => ((seen[at] ?? 0) > 0 ? [{ set, promised, seen: seen[at] }] : []));
  });
  const scale = { type: 'log', domain: [NOMINAL.at(-1), 1] };
  const axis = (title: string) => ({ title, format: '~%', values: [1, 0.1, 0.01, 0.001, 0.0001], labelPadding: 16 });
  const x = {
    field: 'promised',
    type: 'quantitative',
    scale,
    axis: axis('promised: at most so likely on a healthy window'),
  };
  const y = { field: 'seen', type: 'quantitative', scale, axis: axis('seen on unlabelled windows') };
  const equal = [
    { promised: NOMINAL.at(-1), seen: NOMINAL.at(-1) },
    { promised: 1, seen: 1 },
  ];
  return chartFrame('How rare the detector says, and how rare it is', HEIGHT_PX, {
    layer: [
      {
        data: { values: equal },
        mark: { type: 'line', color: colours.event, strokeDash: dashes.event },
        encoding: { x, y },
      },
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 3, point: { size: POINT_SIZE } },
        encoding: {
          x,
          y,
          color: { field: 'set', type: 'nominal', sort: order, scale: { domain: order, range: palette } },
        },
      },
    ],
  });
}

import type { TopLevelSpec } from 'vega-lite';
import { colours } from '../../../../charts/theme.ts';
import { type AblationResult, gainOf } from '../document/ablation-document.ts';
import { chartFrame, palette } from './chart-frame.ts';

const ROW_PX = 44;
const POINT_SIZE = 150;

/** For each item a bar, the mean over the sets with real values, and a point for each of them. */
export function ablationChart(result: AblationResult): TopLevelSpec {
  const { full, items: rows, realSets } = result;
  const points = rows.flatMap(({ name, figures }) => {
    return realSets.map((set) => ({ part: name, set, gain: gainOf(full, figures, set) }));
  });
  const bars = rows.map(({ name }) => {
    const gains = points.filter(({ part }) => part === name).map(({ gain }) => gain);
    return { part: name, gain: gains.reduce((sum, gain) => sum + gain, 0) / gains.length };
  });
  const order = bars.toSorted((a, b) => b.gain - a.gain).map(({ part }) => part);
  const x = {
    field: 'gain',
    type: 'quantitative',
    axis: { title: 'event F1 lost without the item', format: '+.2f', tickCount: 6 },
  };
  const y = { field: 'part', type: 'nominal', sort: order, axis: { grid: false, title: null, labelLimit: 420 } };
  return chartFrame('What each item is worth on real values', ROW_PX * rows.length, {
    layer: [
      { data: { values: bars }, mark: { type: 'bar', color: colours.band, height: { band: 0.6 } }, encoding: { x, y } },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: POINT_SIZE, opacity: 0.9 },
        encoding: {
          x,
          y,
          color: { field: 'set', type: 'nominal', sort: realSets, scale: { domain: realSets, range: palette } },
        },
      },
    ],
  });
}

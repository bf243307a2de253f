import { colours, strokes } from '../theme.ts';
import { type Box, boxes } from './canvas.ts';
import { hatchLayer } from './hatch.ts';
import type { Layer } from './layer.ts';

/** How what is now is told from what is usual without colour: dark and hatched, or an outline that lets see through. */
export type NowLook = 'solid' | 'open';

export const usualBar = { color: colours.band, stroke: colours.bandEdge, strokeWidth: strokes.barOutline } as const;

export function nowBoxes(all: readonly Box[], look: NowLook): Layer[] {
  const shown = all.filter(({ width, height }) => width > 0 && height > 0);
  if (look === 'solid') return [...boxes(shown, { color: colours.anomaly }), ...hatchLayer(shown, 'light')];
  return [
    ...hatchLayer(shown, 'dark'),
    ...boxes(shown, { fill: null, stroke: colours.anomaly, strokeWidth: strokes.openBox }),
  ];
}

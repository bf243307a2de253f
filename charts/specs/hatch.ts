import { colours, opacities, strokes } from '../theme.ts';
import { type Box, rules } from './canvas.ts';
import type { Layer } from './layer.ts';

/** A line of the hatching, in px. */
export interface HatchLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Diagonals inside a box, cut at its edges; from its foot to the right and up. */
export function diagonals({ x, y, width, height }: Box, spacingPx: number): readonly HatchLine[] {
  if (width <= 0 || height <= 0) return [];
  const endX = x + width;
  const bottom = y + height;
  // Counted from the corner of the picture, so that the strokes of touching boxes meet.
  const first = x + ((((bottom - x) % spacingPx) + spacingPx) % spacingPx);
  const lines: HatchLine[] = [];
  for (let foot = first; foot < endX + height; foot += spacingPx) {
    const x1 = Math.min(foot, endX);
    const x2 = Math.max(x, foot - height);
    lines.push({ x1, y1: bottom - (foot - x1), x2, y2: bottom - (foot - x2) });
  }
  return lines;
}

const BAR_SPACING_PX = 9;

const tones = {
  light: { color: colours.background, strokeOpacity: opacities.lightHatch },
  dark: { color: colours.anomaly, strokeOpacity: opacities.darkHatch },
} as const;

/** Strokes over boxes, light on dark ones and the other way round: a pattern that a print without colours keeps. */
export function hatchLayer(boxes: readonly Box[], tone: keyof typeof tones): Layer[] {
  const values = boxes
    .flatMap((box) => diagonals(box, BAR_SPACING_PX))
    .map(({ x1, y1, x2, y2 }) => ({ x: x1, y: y1, x2, y2 }));
  return rules(values, { ...tones[tone], strokeWidth: strokes.hatch });
}

import { fitText } from '../clean-text.ts';
import { colours, fontSizes, fontWeights } from '../theme.ts';
import { CANVAS_WIDTH_PX, words } from './canvas.ts';
import type { Layer } from './layer.ts';

/** Height of the line at the top of a canvas that says what the picture is of. */
export const HEADING_PX = 40;

export function headingLayers(title: string): Layer[] {
  return words([{ text: fitText(title, CANVAS_WIDTH_PX, fontSizes.heading), x: 0, y: HEADING_PX / 2 }], {
    baseline: 'middle',
    fontSize: fontSizes.heading,
    fontWeight: fontWeights.strong,
    color: colours.heading,
    limit: CANVAS_WIDTH_PX,
  });
}

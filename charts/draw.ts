import sharp from 'sharp';
import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { type FindOutline, openFonts } from './fonts.ts';
import { fontWeight, measureText, outlineText } from './outline-text.ts';
import { colours, PIXEL_RATIO } from './theme.ts';

export interface Drawing {
  readonly png: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Dots per inch at which sharp draws a CSS px as one pixel. */
const CSS_DENSITY = 72;
/**
 * Flat colours and their smoothed edges: 128 hold them without dithering. More effort costs three times the time and
 * saves a twentieth of the size.
 */
const PNG = { palette: true, colours: 128, dither: 0, effort: 1, compressionLevel: 6 } as const;

// No picture is drawn twice here, so that what sharp would keep is only memory.
sharp.cache(false);
const findOutline = openFonts();
measureWith(findOutline);

export async function drawSpec(spec: TopLevelSpec): Promise<Drawing> {
  const { data, info } = await sharp(Buffer.from(await drawSvg(spec)), { density: CSS_DENSITY * PIXEL_RATIO })
    .flatten({ background: colours.background })
    .png(PNG)
    .toBuffer({ resolveWithObject: true });
  return { png: new Uint8Array(data), widthPx: info.width, heightPx: info.height };
}

/** The drawing before it becomes pixels: every text an outline. */
export async function drawSvg(spec: TopLevelSpec): Promise<string> {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none', logLevel: vega.Error });
  try {
    return outlineText(await view.toSVG(), findOutline);
  } finally {
    view.finalize();
  }
}

/** A text item of vega's scene, as far as its width needs it. */
interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}

/** Vega's own table of text measures, missing from its typings; without a canvas it would guess by length. */
function measureWith(find: FindOutline): void {
  const { textMetrics } = vega as unknown as {
    readonly textMetrics: { width: (item: TextItem, text: string | null) => number };
  };
  textMetrics.width = (item, text) => {
    const width = measureText(String(text ?? ''), item.fontSize ?? 0, fontWeight(item.fontWeight), find);
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

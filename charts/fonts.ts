import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The outlines of one character: drawn at a size, it fills `advancePx` of the line. */
export interface Outline {
  readonly advanceEm: number;
  /** SVG path data with its origin at (x, y) on the baseline. */
  path(x: number, y: number, sizePx: number): string;
}

export type FontWeight = 400 | 600;

/** Undefined for a character that the project's font does not have. */
export type FindOutline = (character: string, weight: FontWeight) => Outline | undefined;

/** Most frequent first: a file is opened when the ones before it lack a character. */
const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese', 'cyrillic-ext', 'greek-ext'] as const;
/** A hundredth of a CSS px; the picture is drawn at twice its size. */
const PATH_DECIMALS = 2;

const load = createRequire(import.meta.url);

/** Inter, as it comes with the project; the same on a machine without any font. */
export function openFonts(): FindOutline {
  const fonts = new Map<string, ParsedFont>();
  const outlines = new Map<string, Outline | undefined>();
  return (character, weight) => {
    const key = `${weight}${character}`;
    if (!outlines.has(key)) outlines.set(key, search(fonts, character, weight));
    return outlines.get(key);
  };
}

function search(fonts: Map<string, ParsedFont>, character: string, weight: FontWeight): Outline | undefined {
  for (const subset of SUBSETS) {
    const file = `@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`;
    const font = fonts.get(file) ?? parseFont(file);
    fonts.set(file, font);
    if (font.charToGlyphIndex(character) === 0) continue;
    const glyph = font.charToGlyph(character);
    return {
      advanceEm: glyph.advanceWidth / font.unitsPerEm,
      path: (x, y, sizePx) => glyph.getPath(x, y, sizePx).toPathData(PATH_DECIMALS),
    };
  }
  return undefined;
}

/** The part of opentype.js that is used. Its own typings pull the whole DOM into the program. */
interface ParsedFont {
  readonly unitsPerEm: number;
  charToGlyphIndex(character: string): number;
  charToGlyph(character: string): {
    readonly advanceWidth: number;
    getPath(x: number, y: number, fontSize: number): { toPathData(decimalPlaces: number): string };
  };
}

function parseFont(file: string): ParsedFont {
  const opentype = load('opentype.js') as { parse(buffer: ArrayBuffer): ParsedFont };
  const bytes = readFileSync(load.resolve(file));
  return opentype.parse(new Uint8Array(bytes).buffer);
}

import type { FindOutline, FontWeight, Outline } from './fonts.ts';

/**
 * Replaces the text of an SVG that vega wrote by outlines, so that it looks the same on a machine with other fonts or
 * none. Vega escapes `<`, `>` and `&` in text and attributes alike, so a tag ends at the first `>`.
 */

/** Replaced by the geometry of the path, or without meaning for it. */
const TEXT_ATTRIBUTES = new Set([
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'font-variant',
  'text-anchor',
]);
const TEXT_ELEMENT = /<text((?:\s[^<>]*)?)>((?:[^<]|<(?!\/text>))*)<\/text>/g;
const LINE_ELEMENT = /<tspan((?:\s[^<>]*)?)>([^<]*)<\/tspan>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** CSS names and numbers from here on are drawn with the semi-bold face. */
const FIRST_STRONG_WEIGHT = 550;

interface Line {
  readonly text: string;
  readonly y: number;
}

/** Text with a character that no font of the project has stays as it is, for the fonts of the system. */
export function outlineText(svg: string, find: FindOutline): string {
  return svg.replace(TEXT_ELEMENT, (element, rawAttributes: string, content: string) => {
    const attributes = new Map(
      [...rawAttributes.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, value]),
    );
    const size = Number.parseFloat(attributes.get('font-size') ?? '');
    if (!(size > 0)) return element;
    const weight = fontWeight(attributes.get('font-weight'));
    const path = linesOf(content).map((line) => linePath(line, size, weight, attributes.get('text-anchor'), find));
    if (path.includes(undefined)) return element;
    const kept = [...attributes].filter(([name]) => !TEXT_ATTRIBUTES.has(name));
    return `<path${kept.map(([name, value]) => ` ${name}="${value}"`).join('')} d="${path.join('')}"/>`;
  });
}

/** Advance of a text in px. Characters that the font lacks count as squares, as most fallbacks draw them. */
export function measureText(text: string, sizePx: number, weight: FontWeight, find: FindOutline): number {
  let em = 0;
  for (const character of text) em += find(character, weight)?.advanceEm ?? 1;
  return em * sizePx;
}

export function fontWeight(weight: string | number | undefined): FontWeight {
  if (weight === 'bold' || weight === 'bolder') return 600;
  return Number(weight) >= FIRST_STRONG_WEIGHT ? 600 : 400;
}

function linesOf(content: string): readonly Line[] {
  const spans = [...content.matchAll(LINE_ELEMENT)];
  if (spans.length === 0) return [{ text: decodeEntities(content), y: 0 }];
  let y = 0;
  return spans.map(([, rawAttributes = '', text = '']) => {
    y += Number(/\bdy="([^"]*)"/.exec(rawAttributes)?.[1] ?? 0);
    return { text: decodeEntities(text), y };
  });
}

function linePath(
  line: Line,
  sizePx: number,
  weight: FontWeight,
  anchor: string | undefined,
  find: FindOutline,
): string | undefined {
  const outlines: Outline[] = [];
  for (const character of line.text) {
    const outline = find(character, weight);
    if (outline === undefined) return undefined;
    outlines.push(outline);
  }
  const width = outlines.reduce((sum, outline) => sum + outline.advanceEm * sizePx, 0);
  let x = anchor === 'end' ? -width : anchor === 'middle' ? -width / 2 : 0;
  return outlines
    .map((outline) => {
      const path = outline.path(x, line.y, sizePx);
      x += outline.advanceEm * sizePx;
      return path;
    })
    .join('');
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name ?? ''] ?? entity;
  });
}

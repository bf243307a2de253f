/** Names come from other people's tables: anything may be in them. */

const ELLIPSIS = '\u2026';
/** Mean advance of a character in em, rounded up; by kind, for Inter. */
const WIDTHS_EM: readonly (readonly [RegExp, number])[] = [
  [/[\s.,:;'|!ijlI()[\]/-]/u, 0.34],
  [/[mwMW%@]/u, 0.95],
  [/[A-Z&#]/u, 0.72],
  [/[0-9a-z_]/u, 0.62],
  [/\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}/u, 0.75],
];
/** Ideographs and emoji are square; a whole emoji sequence is one square. */
const SQUARE_EM = 1.3;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line without what XML forbids (controls, lone surrogates) and without marks that reorder other text. */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Cuts between whole characters, as people count them, so that the text with its ellipsis fits. */
export function fitText(text: string, widthPx: number, fontSizePx: number): string {
  const parts = [...graphemes.segment(cleanText(text))].map((part) => part.segment);
  if (widthOf(parts, fontSizePx) <= widthPx) return parts.join('');
  const room = widthPx - SQUARE_EM * fontSizePx;
  let used = 0;
  const kept: string[] = [];
  for (const part of parts) {
    used += widthOf([part], fontSizePx);
    if (used > room) break;
    kept.push(part);
  }
  return `${kept.join('').trimEnd()}${ELLIPSIS}`;
}

/** An upper estimate; exact widths are known only where the font is. */
export function estimateWidthPx(text: string, fontSizePx: number): number {
  return widthOf(
    [...graphemes.segment(text)].map((part) => part.segment),
    fontSizePx,
  );
}

function widthOf(parts: readonly string[], fontSizePx: number): number {
  let em = 0;
  for (const part of parts) em += WIDTHS_EM.find(([kind]) => part.length === 1 && kind.test(part))?.[1] ?? SQUARE_EM;
  return em * fontSizePx;
}

import { clean } from './mrkdwn.ts';

export const ELLIPSIS = '…';

/** A cut goes back to the end of a word unless that would lose more than this share of the text. */
const MOST_LOST_TO_A_WORD = 0.4;
/** Code units looked at per character of the limit; cleaning can make text shorter, and data can be megabytes. */
const LOOK_AHEAD = 4;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Raw text of a length worth looking at, cleaned. */
export function cleanHead(raw: string, limit: number): { readonly text: string; readonly isWhole: boolean } {
  const most = Math.max(0, limit) * LOOK_AHEAD;
  return { text: clean(raw.slice(0, most)), isWhole: raw.length <= most };
}

/**
 * `write(text)` when it is within the limit, otherwise `write` of the longest beginning that fits, and an ellipsis.
 * Cuts stand between graphemes of the raw text, so neither an emoji nor an escape is ever split.
 */
export function cutTo(limit: number, raw: string, write: (text: string) => string): string {
  const { text, isWhole } = cleanHead(raw, limit);
  if (isWhole) {
    const written = write(text);
    if (written.length <= limit) return written;
  }
  if (limit < ELLIPSIS.length) return '';
  return prefixWithin(limit - ELLIPSIS.length, text, write) + ELLIPSIS;
}

/** `write` of the longest beginning of clean text that is within the limit. */
export function prefixWithin(limit: number, text: string, write: (text: string) => string): string {
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  let fits = 0;
  let tooMany = parts.length + 1;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (write(parts.slice(0, middle).join('')).length <= limit) fits = middle;
    else tooMany = middle;
  }
  const longest = parts.slice(0, fits).join('');
  const atWord = longest.replace(/\s+\S*$/u, '');
  const isWordKept = fits < parts.length && /\s/.test(longest) && /\S/.test(parts[fits] ?? '');
  const chosen = isWordKept && atWord.length >= longest.length * (1 - MOST_LOST_TO_A_WORD) ? atWord : longest;
  const written = write(chosen.trimEnd());
  return written.length <= limit ? written : '';
}

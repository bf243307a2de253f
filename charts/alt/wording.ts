import { counted } from '../../src/domain/counted.ts';

/** Slack refuses 2,000 and more; the rest is room for entities. */
export const MAX_ALT_TEXT = 1900;
/** Names are for recognising, not for reading to the end. */
export const MAX_NAME = 60;
const ELLIPSIS = '\u2026';

export function countWindows(count: number): string {
  return counted(count, 'window');
}

export function cutText(text: string): string {
  return cut(text, MAX_ALT_TEXT);
}

/** Between code points, so that no half of a pair is left. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}${ELLIPSIS}`;
}

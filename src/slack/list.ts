import type { MessageBlock } from '../messages/message.ts';
import { cutTo } from './cut.ts';
import { formatInline } from './inline.ts';
import { limits } from './limits.ts';
import { literal } from './mrkdwn.ts';

/** One item may take at most this much, so that a single one cannot push out all others. */
const ITEM_CHARS = 900;
/** Room kept for `+N more ...`. */
const NOTE_CHARS = 200;

/** At most, between two items. */
const GAP_CHARS = 2;

/** Texts of sections that hold the items, each on lines of its own; what does not fit is counted in the last line. */
export function formatList(list: Extract<MessageBlock, { type: 'list' }>, maxChars: number): string[] {
  const { items, more = 0, overflowNote } = list;
  const sections: string[] = [];
  let used = 0;
  let taken = 0;
  for (const item of items) {
    const line = formatInline(item, ITEM_CHARS);
    if (used + line.length + GAP_CHARS > maxChars - NOTE_CHARS && taken > 0) break;
    taken += 1;
    if (line === '') continue;
    used += line.length + GAP_CHARS;
    append(sections, line, limits.sectionChars - NOTE_CHARS);
  }
  const left = items.length - taken + Math.max(0, more);
  if (left === 0) return sections;
  const note = cutTo(NOTE_CHARS - 1, `+${left} more ${overflowNote}`.trim(), literal);
  append(sections, note, limits.sectionChars);
  return sections;
}

function append(sections: string[], line: string, limit: number): void {
  const last = sections.at(-1);
  // Items of several lines would run into each other.
  const gap = line.includes('\n') ? '\n\n' : '\n';
  if (last !== undefined && last.length + gap.length + line.length <= limit) {
    sections[sections.length - 1] = last + gap + line;
  } else {
    sections.push(line);
  }
}

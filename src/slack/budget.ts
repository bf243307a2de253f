import type { KnownBlock } from '@slack/types';
import type { MessageBlock } from '../messages/message.ts';
import { limits } from './limits.ts';

/** One block of the neutral tree and what became of it. */
export interface Piece {
  readonly type: MessageBlock['type'];
  readonly blocks: readonly KnownBlock[];
}

/**
 * What goes first when a message is too long, the last of each kind before the others: ornaments, then side remarks,
 * then details. The header, the first paragraph and what people press go last of all.
 */
const DROP_ORDER = [
  'divider',
  'context',
  'facts',
  'list',
  'preformatted',
  'paragraph',
  'chart',
  'image',
  'header',
  'feedback',
  'actions',
] as const;

const SHORTENED = 'Shortened to fit into one message.';
const SHORTENED_BLOCK: KnownBlock = {
  type: 'context',
  elements: [{ type: 'mrkdwn', text: SHORTENED, verbatim: true }],
};

/** The blocks of a message, or of a view, within Slack's totals; `isWhole` is false when something had to go. */
export function fitBudget(
  pieces: readonly Piece[],
  mostBlocks: number = limits.blocks,
): { readonly blocks: KnownBlock[]; readonly isWhole: boolean } {
  const whole = pieces.flatMap(({ blocks }) => blocks);
  if (isWithin(whole, mostBlocks, limits.messageChars)) return { blocks: whole, isWhole: true };

  const kept: (Piece | undefined)[] = [...pieces];
  const sizes = pieces.map(({ blocks }) => ({ blocks: blocks.length, chars: textLength(blocks) }));
  let blocks = whole.length + 1;
  let chars = sizes.reduce((sum, size) => sum + size.chars, 0) + SHORTENED.length;
  for (const index of dropSequence(pieces)) {
    if (blocks <= mostBlocks && chars <= limits.messageChars) break;
    kept[index] = undefined;
    blocks -= sizes[index]?.blocks ?? 0;
    chars -= sizes[index]?.chars ?? 0;
  }
  const left = kept.flatMap((piece) => piece?.blocks ?? []);
  return { blocks: [...left, SHORTENED_BLOCK], isWhole: false };
}

/** Characters that Slack counts: every text of every block. */
export function textLength(blocks: unknown): number {
  if (Array.isArray(blocks)) return blocks.reduce((sum: number, block) => sum + textLength(block), 0);
  if (typeof blocks !== 'object' || blocks === null) return 0;
  return Object.entries(blocks).reduce((sum, [key, value]) => sum + ownLength(key, value), 0);
}

function ownLength(key: string, value: unknown): number {
  if (typeof value !== 'string') return textLength(value);
  return key === 'text' || key === 'alt_text' || key === 'value' ? value.length : 0;
}

function isWithin(blocks: readonly KnownBlock[], mostBlocks: number, mostChars: number): boolean {
  return blocks.length <= mostBlocks && textLength(blocks) <= mostChars;
}

function dropSequence(pieces: readonly Piece[]): number[] {
  const firstParagraph = pieces.findIndex(({ type }) => type === 'paragraph');
  const ofType = (type: Piece['type']): number[] =>
    pieces.flatMap((piece, index) => (piece.type === type && index !== firstParagraph ? [index] : [])).reverse();
  return [...DROP_ORDER.flatMap(ofType), ...(firstParagraph === -1 ? [] : [firstParagraph])];
}

import type { Message, MessageBlock } from '../messages/message.ts';
import { type FormatOptions, fallbackText, formatMessage, pictureInWords, type SlackMessage } from './block-kit.ts';

/** Each gives up more than the one before; the text is the same in all. */
export const degradations = ['without-images', 'without-new-blocks', 'text-only'] as const;
export type Degradation = (typeof degradations)[number];

/**
 * A plainer form of a message that Slack refused. Pure, and of the same facts: first Slack draws the pictures by itself
 * where it can, then they leave their description.
 */
export function degrade(message: Message, level: Degradation, options: FormatOptions = {}): SlackMessage {
  switch (level) {
    case 'without-images':
      return formatMessage(withBlocks(message, withoutFile), options);
    case 'without-new-blocks':
      return formatMessage(withBlocks(message, inWords), { ...options, feedback: 'buttons' });
    case 'text-only':
      return { text: fallbackText(message), blocks: [] };
  }
}

function withBlocks(message: Message, change: (block: MessageBlock) => MessageBlock): Message {
  return { ...message, blocks: message.blocks.map(change) };
}

/** A chart that stood in the refused message may be what was refused. */
function withoutFile(block: MessageBlock): MessageBlock {
  if (block.type !== 'image' || block.table === undefined) return inWords(block);
  return { type: 'chart', table: block.table, altText: block.altText };
}

function inWords(block: MessageBlock): MessageBlock {
  return block.type === 'image' || block.type === 'chart' ? pictureInWords(block) : block;
}

export interface PlainestForm {
  readonly format?: FormatOptions;
  /** True for a refusal of the blocks rather than of the message: a plainer form may pass. */
  readonly isOfBlocks: (thrown: unknown) => boolean;
  readonly onRefusal?: (level: 'full' | Degradation, thrown: unknown) => void;
}

/** Sends a message as it is, or in the least plain form that is taken. Throws the last refusal when none is. */
export async function sendInPlainestForm<Answer>(
  message: Message,
  { format, isOfBlocks, onRefusal }: PlainestForm,
  send: (form: SlackMessage) => Promise<Answer>,
): Promise<Answer> {
  let refusal: unknown;
  for (const level of ['full', ...degradations] as const) {
    try {
      return await send(level === 'full' ? formatMessage(message, format) : degrade(message, level, format));
    } catch (thrown) {
      if (!isOfBlocks(thrown)) throw thrown;
      onRefusal?.(level, thrown);
      refusal = thrown;
    }
  }
  throw refusal;
}

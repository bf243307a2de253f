import type { Message, MessageBlock } from '../messages/message.ts';
import { type FormatOptions, fallbackText, formatMessage, type SlackMessage } from './block-kit.ts';

/** Each gives up more than the one before; the text is the same in all. */
export const degradations = ['without-images', 'without-new-blocks', 'text-only'] as const;
export type Degradation = (typeof degradations)[number];

/** A plainer form of a message that Slack refused. Pure, and of the same facts: pictures leave their description. */
export function degrade(message: Message, level: Degradation, options: FormatOptions = {}): SlackMessage {
  switch (level) {
    case 'without-images':
      return formatMessage(withoutImages(message), options);
    case 'without-new-blocks':
      return formatMessage(withoutImages(message), { ...options, feedback: 'buttons' });
    case 'text-only':
      return { text: fallbackText(message), blocks: [] };
  }
}

function withoutImages(message: Message): Message {
  return { ...message, blocks: message.blocks.map(imageInWords) };
}

function imageInWords(block: MessageBlock): MessageBlock {
  if (block.type !== 'image') return block;
  return { type: 'context', content: [{ type: 'text', text: `Chart unavailable. ${block.altText}` }] };
}

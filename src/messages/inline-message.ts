import { formatText } from './format-text.ts';
import { type Inline, type Message, plainSentence } from './message.ts';

/** A message that is one paragraph of runs, such as one that names people. */
export function inlineMessage(content: Inline): Message {
  const blocks = [{ type: 'paragraph', content }] as const;
  return { text: plainSentence(formatText({ blocks })), blocks };
}

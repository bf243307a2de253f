import type { EpochMs } from '../domain/identifiers.ts';
import type { PostedMessage } from '../domain/report.ts';
import type { Message } from '../messages/message.ts';
import type { Chat, MessageMetadata } from '../ports/chat.ts';

export interface Posting {
  readonly message: Message;
  readonly channel: string;
  readonly threadTs?: string;
  readonly isBroadcast?: boolean;
  /** Names the message, so that it is recognised. */
  readonly key: string;
  readonly metadata?: MessageMetadata;
  /** When a try began of which nobody knows how it ended. */
  readonly unsureSince: EpochMs | undefined;
}

/** Clocks of the chat and of this machine differ by less. */
const CLOCK_DIFFERENCE_MS = 120_000;

/**
 * Posts a message that may be in the chat already: after a crash, or when an answer was lost, it is looked for first.
 * Where the bot may not read along it can be posted twice, which is less bad than never.
 */
export async function postOnce(chat: Chat, posting: Posting): Promise<PostedMessage> {
  const { message, unsureSince, metadata, key, ...to } = posting;
  if (unsureSince !== undefined) {
    const { channel, threadTs } = to;
    const sinceMs = unsureSince - CLOCK_DIFFERENCE_MS;
    const found = await chat.find({ channel, key, sinceMs, ...(threadTs === undefined ? {} : { threadTs }) });
    if (found !== undefined) return found;
  }
  return await chat.post(message, { ...to, metadata: { ...metadata, key } });
}

import { RespondError, type RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../messages/message.ts';
import type { FormatOptions } from './block-kit.ts';
import { sendInPlainestForm } from './degrade.ts';
import { isBlockRefusal } from './errors.ts';

export interface AnswerOptions {
  readonly visibility: 'ephemeral' | 'in_channel';
  /** Replaces the message that was pressed, which works for ephemeral ones only. */
  readonly isReplacing?: boolean;
  readonly threadTs?: string;
  readonly format?: FormatOptions;
}

/** Answers through the response URL of a command or a press, and in a plainer form when Slack refuses the blocks. */
export async function answer(respond: RespondFn, message: Message, options: AnswerOptions): Promise<void> {
  const isOfBlocks = (thrown: unknown): boolean => thrown instanceof RespondError;
  await sendInPlainestForm(message, { ...formatPart(options.format), isOfBlocks }, ({ text, blocks }) =>
    respond({
      response_type: options.visibility,
      replace_original: options.isReplacing === true,
      text,
      blocks,
      ...(options.threadTs === undefined ? {} : { thread_ts: options.threadTs }),
    }),
  );
}

export interface Place {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
}

/** Answers where there is no response URL: to a mention. Resolves with the id of a message that can be edited later. */
export async function answerIn(
  client: WebClient,
  { channel, user, threadTs }: Place,
  message: Message,
  options: Pick<AnswerOptions, 'visibility' | 'format'>,
): Promise<string | undefined> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const form = { ...formatPart(options.format), isOfBlocks: isBlockRefusal };
  return sendInPlainestForm(message, form, async ({ text, blocks }) => {
    if (options.visibility === 'ephemeral') {
      await client.chat.postEphemeral({ channel, user, text, blocks, ...thread });
      return undefined;
    }
    const quiet = { unfurl_links: false, unfurl_media: false };
    const posted = await client.chat.postMessage({ channel, text, blocks, ...thread, ...quiet });
    return posted.ts;
  });
}

function formatPart(format: FormatOptions | undefined) {
  return format === undefined ? {} : { format };
}

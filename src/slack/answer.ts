import { RespondError, type RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../messages/message.ts';
import { type FormatOptions, formatMessage, type SlackMessage } from './block-kit.ts';
import { degradations, degrade } from './degrade.ts';

export interface AnswerOptions {
  readonly visibility: 'ephemeral' | 'in_channel';
  /** Replaces the message that was pressed, which works for ephemeral ones only. */
  readonly isReplacing?: boolean;
  readonly threadTs?: string;
  readonly format?: FormatOptions;
}

/** Answers through the response URL of a command or a press, and in a plainer form when Slack refuses the blocks. */
export async function answer(respond: RespondFn, message: Message, options: AnswerOptions): Promise<void> {
  const send = async ({ text, blocks }: SlackMessage): Promise<void> => {
    await respond({
      response_type: options.visibility,
      replace_original: options.isReplacing === true,
      text,
      blocks,
      ...(options.threadTs === undefined ? {} : { thread_ts: options.threadTs }),
    });
  };
  let refusal: unknown;
  for (const level of ['full', ...degradations] as const) {
    try {
      return await send(
        level === 'full' ? formatMessage(message, options.format) : degrade(message, level, options.format),
      );
    } catch (thrown) {
      if (!(thrown instanceof RespondError)) throw thrown;
      refusal = thrown;
    }
  }
  throw refusal;
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
  const { text, blocks } = formatMessage(message, options.format);
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  if (options.visibility === 'ephemeral') {
    await client.chat.postEphemeral({ channel, user, text, blocks, ...thread });
    return undefined;
  }
  const quiet = { unfurl_links: false, unfurl_media: false };
  const posted = await client.chat.postMessage({ channel, text, blocks, ...thread, ...quiet });
  return posted.ts;
}

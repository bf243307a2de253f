import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PostedMessage } from '../domain/report.ts';
import type { Chat } from '../ports/chat.ts';
import type { Logger } from '../ports/logger.ts';
import { fromSlackError, slackErrorName } from './errors.ts';

type Sought = Omit<Parameters<Chat['find']>[0], 'channel'> & { readonly channelId: string };

/** Messages since the lost one: a channel that had more meanwhile is not searched to the end. */
const PAGE_SIZE = 200;
const MOST_PAGES = 5;
/** What the bot is answered where it may not read along. */
const BLIND: ReadonlySet<string> = new Set([
  'missing_scope',
  'not_in_channel',
  'channel_not_found',
  'not_allowed_token_type',
]);

const Page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z.object({ event_payload: z.object({ key: z.unknown() }).optional() }).optional(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** Looks through what was posted since an instant for the message whose metadata has a key. */
export async function findMessage(
  { client, logger }: { readonly client: WebClient; readonly logger: Logger },
  { channelId, threadTs, key, sinceMs }: Sought,
): Promise<PostedMessage | undefined> {
  const method = threadTs === undefined ? 'conversations.history' : 'conversations.replies';
  const asked = { channel: channelId, oldest: String(sinceMs / 1000), limit: PAGE_SIZE, include_all_metadata: true };
  let cursor = '';
  try {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const part = { ...asked, ...(cursor === '' ? {} : { cursor }) };
      const answer = Page.parse(
        threadTs === undefined
          ? await client.conversations.history(part)
          : await client.conversations.replies({ ...part, ts: threadTs }),
      );
      const found = answer.messages.find(({ metadata }) => metadata?.event_payload?.key === key);
      if (found !== undefined) return { channel: channelId, ts: found.ts };
      cursor = answer.response_metadata?.next_cursor ?? '';
      if (cursor === '') return undefined;
    }
    return undefined;
  } catch (thrown) {
    const error = fromSlackError(thrown, method);
    if (!BLIND.has(slackErrorName(error) ?? '')) throw error;
    logger.warn({ method, key }, 'A message may be posted twice: the bot may not read the channel to look for it.');
    return undefined;
  }
}

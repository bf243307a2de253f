import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { isConversationId } from '../domain/chat-ids.ts';
import { DriftbellError } from '../domain/errors.ts';
import { fromSlackError } from './errors.ts';

/** Slack's own advice for one page of a list. */
const PAGE_SIZE = 200;
/** 10,000 channels: a workspace with more is asked for the id. */
const MOST_PAGES = 50;

const ChannelPage = z.object({
  channels: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export interface ChannelDirectory {
  /** The id of a channel given by id, `#name` or `name`. Throws `slack.rejected` when no channel has the name. */
  idOf(channel: string): Promise<string>;
  /** The same, of a channel that is not archived and that the bot is in. Asked anew each time. */
  postable(channel: string): Promise<string>;
}

/** Names are looked up once; ids are taken as they are. */
export function createChannelDirectory(client: WebClient): ChannelDirectory {
  const known = new Map<string, string>();
  return {
    async postable(channel) {
      const id = await this.idOf(channel);
      if (/^[CG]/.test(id)) await requirePlace(client, id);
      return id;
    },
    async idOf(channel) {
      if (isConversationId(channel)) return channel;
      const name = channel.replace(/^#/, '');
      if (!known.has(name)) await lookUp(client, name, known);
      const id = known.get(name);
      if (id !== undefined) return id;
      throw new DriftbellError('slack.rejected', {
        expected: 'a channel that the bot can see',
        received: JSON.stringify(channel),
        remedy: 'invite the bot to it if it is private, or give the id that the channel details show',
      });
    },
  };
}

const ChannelInfo = z.object({
  channel: z.object({ is_archived: z.boolean().default(false), is_member: z.boolean().default(false) }),
});

async function requirePlace(client: WebClient, channel: string): Promise<void> {
  const answer = await client.conversations.info({ channel }).catch((thrown: unknown) => {
    throw fromSlackError(thrown, 'conversations.info');
  });
  const { is_archived: isArchived, is_member: isMember } = ChannelInfo.parse(answer).channel;
  if (!isArchived && isMember) return;
  throw new DriftbellError('slack.rejected', {
    expected: 'a channel in which the bot may post',
    received: isArchived ? 'one that is archived' : 'one that it is not in',
    remedy: isArchived ? 'name another channel' : 'type `/invite @driftbell` in it, and try again',
  });
}

async function lookUp(client: WebClient, name: string, known: Map<string, string>): Promise<void> {
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await listPage(client, cursor);
    for (const channel of answer.channels) known.set(channel.name, channel.id);
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (known.has(name) || cursor === '') return;
  }
}

async function listPage(client: WebClient, cursor: string): Promise<z.infer<typeof ChannelPage>> {
  try {
    const answer = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: PAGE_SIZE,
      ...(cursor === '' ? {} : { cursor }),
    });
    return ChannelPage.parse(answer);
  } catch (thrown) {
    throw fromSlackError(thrown, 'conversations.list');
  }
}

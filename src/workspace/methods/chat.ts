import { z } from 'zod';
import { parseContent, parseMetadata } from '../content.ts';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import { messageJson, permalink } from '../message-json.ts';
import type { Message } from '../records.ts';
import { FlagArg, JsonArg, type Method, method, requireChannel, requireMembership, requirePostable } from './method.ts';

const content = { text: z.string().optional(), blocks: JsonArg.optional(), metadata: JsonArg.optional() };
const place = { channel: z.string().optional(), ts: z.string().optional() };

export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': method(
    z.object({
      ...content,
      channel: z.string().optional(),
      thread_ts: z.string().optional(),
      reply_broadcast: FlagArg,
    }),
    (core, args, caller) => {
      const channel = requireChannel(core, args.channel);
      requirePostable(core, channel, caller);
      const { text, blocks, warning } = parseContent(core, args, 'post');
      const metadata = parseMetadata(args.metadata);
      const parent = args.thread_ts === undefined ? undefined : threadRoot(core, channel.id, args.thread_ts);
      const message: Message = {
        channel: channel.id,
        ts: core.ids.ts(),
        user: core.identity.botUserId,
        isFromApp: true,
        text,
        blocks,
        ...(metadata ? { metadata } : {}),
        ...(parent ? { threadTs: parent } : {}),
        isBroadcast: parent !== undefined && args.reply_broadcast === true,
        reactions: [],
        fileIds: [],
      };
      core.store.apply({ type: 'message.put', message });
      return {
        channel: channel.id,
        ts: message.ts,
        message: messageJson(core, message, true),
        ...(warning ? { warning, response_metadata: { warnings: [warning] } } : {}),
      };
    },
  ),

  'chat.update': method(z.object({ ...content, ...place }), (core, args) => {
    const old = ownMessage(core, args.channel, args.ts, 'cant_update_message');
    const { text, blocks } = parseContent(core, args, 'update');
    const { metadata: oldMetadata, ...rest } = old;
    const metadata = args.metadata === undefined ? oldMetadata : parseMetadata(args.metadata);
    const message: Message = {
      ...rest,
      text,
      blocks,
      ...(metadata ? { metadata } : {}),
      edited: { user: core.identity.botUserId, ts: core.ids.ts() },
    };
    core.store.apply({ type: 'message.put', message });
    const { ts, ...edited } = messageJson(core, message, true);
    return { channel: message.channel, ts, text, message: edited };
  }),

  'chat.delete': method(z.object(place), (core, args) => {
    const { channel, ts } = ownMessage(core, args.channel, args.ts, 'cant_delete_message');
    core.store.apply({ type: 'message.removed', channel, ts });
    return { channel, ts };
  }),

  'chat.postEphemeral': method(
    z.object({
      ...content,
      channel: z.string().optional(),
      user: z.string().optional(),
      thread_ts: z.string().optional(),
    }),
    (core, args) => {
      const channel = requireChannel(core, args.channel);
      if (channel.isArchived) throw new SlackRefusal('is_archived');
      requireMembership(core, channel);
      if (!args.user || !channel.members.includes(args.user)) throw new SlackRefusal('user_not_in_channel');
      const { text, blocks } = parseContent(core, args, 'ephemeral');
      const ts = core.ids.ts();
      const threadTs = args.thread_ts;
      core.store.apply({
        type: 'ephemeral.put',
        ephemeral: {
          channel: channel.id,
          ts,
          user: core.identity.botUserId,
          recipient: args.user,
          text,
          blocks,
          ...(threadTs ? { threadTs } : {}),
        },
      });
      return { message_ts: ts };
    },
  ),

  'chat.getPermalink': method(
    z.object({ channel: z.string().optional(), message_ts: z.string().optional() }),
    (core, args) => {
      const message = findMessage(core, args.channel, args.message_ts);
      return { channel: message.channel, permalink: permalink(core, message) };
    },
  ),
};

export function findMessage(core: Core, channelId: string | undefined, ts: string | undefined): Message {
  const channel = requireChannel(core, channelId);
  const message = core.state.message(channel.id, ts ?? '');
  if (!message) throw new SlackRefusal('message_not_found');
  return message;
}

/** A reply to a reply lands in the same thread; a reply to nothing is refused. */
function threadRoot(core: Core, channel: string, ts: string): string {
  const parent = core.state.message(channel, ts);
  if (!parent) throw new SlackRefusal('cannot_reply_to_message');
  return parent.threadTs ?? parent.ts;
}

function ownMessage(core: Core, channel: string | undefined, ts: string | undefined, refusal: string): Message {
  const message = findMessage(core, channel, ts);
  if (message.user !== core.identity.botUserId) throw new SlackRefusal(refusal);
  if (core.state.channel(message.channel)?.isArchived) throw new SlackRefusal('is_archived');
  return message;
}

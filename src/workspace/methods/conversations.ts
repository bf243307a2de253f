import { z } from 'zod';
import type { Core } from '../core.ts';
import { openDirect } from '../direct.ts';
import { SlackRefusal } from '../errors.ts';
import { messageJson } from '../message-json.ts';
import type { Channel, Json, Message } from '../records.ts';
import {
  CountArg,
  FlagArg,
  isVisible,
  type Method,
  method,
  pageOf,
  requireChannel,
  requireMembership,
} from './method.ts';

const paging = { cursor: z.string().optional(), limit: CountArg };
const range = {
  channel: z.string().optional(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: FlagArg,
  include_all_metadata: FlagArg,
  ...paging,
};

export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.info': method(z.object({ channel: z.string().optional() }), (core, args) => ({
    channel: channelJson(core, knownChannel(core, args.channel)),
  })),

  'conversations.list': method(
    z.object({ ...paging, types: z.string().optional(), exclude_archived: FlagArg }),
    (core, args) => {
      const types = (args.types ?? 'public_channel').split(',').map((type) => type.trim());
      const wanted = core.state
        .channels()
        .filter(
          (one) => types.includes(typeOf(one)) && isVisible(core, one) && !(args.exclude_archived && one.isArchived),
        );
      const page = pageOf(wanted, args.cursor, args.limit || 100);
      return { channels: page.items.map((one) => channelJson(core, one)), ...nextCursor(page.cursor) };
    },
  ),

  'conversations.members': method(z.object({ channel: z.string().optional(), ...paging }), (core, args) => {
    const page = pageOf(knownChannel(core, args.channel).members, args.cursor, args.limit || 100);
    return { members: page.items, ...nextCursor(page.cursor) };
  }),

  'conversations.join': method(z.object({ channel: z.string().optional() }), (core, args) => {
    const channel = knownChannel(core, args.channel);
    if (channel.isPrivate) throw new SlackRefusal('method_not_supported_for_channel_type');
    if (channel.isArchived) throw new SlackRefusal('is_archived');
    const { botUserId } = core.identity;
    if (channel.members.includes(botUserId)) {
      return {
        channel: channelJson(core, channel),
        warning: 'already_in_channel',
        response_metadata: { warnings: ['already_in_channel'] },
      };
    }
    const joined = { ...channel, members: [...channel.members, botUserId] };
    core.store.apply({ type: 'channel.put', channel: joined });
    return { channel: channelJson(core, joined) };
  }),

  'conversations.open': method(
    z.object({ users: z.string().optional(), channel: z.string().optional(), return_im: FlagArg }),
    (core, args) => {
      const users = (args.users ?? core.state.channel(args.channel ?? '')?.directWith ?? '').split(',').filter(Boolean);
      const user = users[0];
      if (user === undefined) throw new SlackRefusal(args.channel ? 'channel_not_found' : 'users_list_not_supplied');
      if (users.length > 1) throw new SlackRefusal('too_many_users');
      if (!core.state.user(user)) throw new SlackRefusal('user_not_found');
      if (user === core.identity.botUserId) throw new SlackRefusal('invalid_user_combination');
      const { channel, isNew } = openDirect(core, user);
      return {
        ...(isNew ? {} : { no_op: true, already_open: true }),
        channel: args.return_im ? channelJson(core, channel) : { id: channel.id },
      };
    },
  ),

  'conversations.history': method(z.object(range), (core, args) => {
    const channel = knownChannel(core, args.channel);
    requireMembership(core, channel);
    const visible = core.state
      .messages(channel.id)
      .filter((one) => one.threadTs === undefined || one.threadTs === one.ts || one.isBroadcast)
      .toReversed();
    return { ...messagesPage(core, visible, args), pin_count: 0 };
  }),

  'conversations.replies': method(z.object({ ...range, ts: z.string().optional() }), (core, args) => {
    const channel = knownChannel(core, args.channel);
    const asked = core.state.message(channel.id, args.ts ?? '');
    const parent = asked?.threadTs ? core.state.message(channel.id, asked.threadTs) : asked;
    if (!parent) throw new SlackRefusal('thread_not_found');
    return messagesPage(core, [parent, ...core.state.replies(channel.id, parent.ts)], args);
  }),
};

type RangeArgs = z.output<z.ZodObject<typeof range>>;

function messagesPage(core: Core, all: readonly Message[], args: RangeArgs): Json {
  const oldest = readTs(args.oldest, 'invalid_ts_oldest') ?? 0;
  const latest = readTs(args.latest, 'invalid_ts_latest') ?? Number.POSITIVE_INFINITY;
  const inRange = all.filter(({ ts }) => {
    const at = Number(ts);
    return args.inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
  const page = pageOf(inRange, args.cursor, args.limit || 100);
  return {
    messages: page.items.map((message) => messageJson(core, message, args.include_all_metadata === true)),
    has_more: page.cursor !== '',
    ...nextCursor(page.cursor),
  };
}

function readTs(text: string | undefined, refusal: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!Number.isFinite(Number(text))) throw new SlackRefusal(refusal);
  return Number(text);
}

function nextCursor(cursor: string): Json {
  return { response_metadata: { next_cursor: cursor } };
}

export function typeOf(channel: Channel): string {
  if (channel.directWith) return 'im';
  return channel.isPrivate ? 'private_channel' : 'public_channel';
}

function knownChannel(core: Core, id: string | undefined): Channel {
  return requireChannel(core, id?.startsWith('#') ? undefined : id);
}

export function channelJson(core: Core, channel: Channel): Json {
  const isMember = channel.members.includes(core.identity.botUserId);
  const created = Math.floor(channel.createdAt / 1_000);
  if (channel.directWith) {
    return { id: channel.id, created, is_im: true, is_archived: false, is_open: true, user: channel.directWith };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created,
    creator: channel.members[0],
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_general: channel.name === 'general',
    is_shared: hasStrangers(core, channel),
    is_ext_shared: hasStrangers(core, channel),
    is_org_shared: false,
    is_member: isMember,
    num_members: channel.members.length,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

/** A channel with people of other organisations is shared with them. */
function hasStrangers(core: Core, channel: Channel): boolean {
  return channel.members.some((id) => core.state.user(id)?.homeTeamId !== undefined);
}

import { z } from 'zod';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import type { Json, User } from '../records.ts';
import { findMessage } from './chat.ts';
import { channelJson, typeOf } from './conversations.ts';
import { CountArg, isVisible, type Method, method, pageOf } from './method.ts';

export const userMethods: Readonly<Record<string, Method>> = {
  'users.info': method(z.object({ user: z.string().optional() }), (core, args) => {
    const user = core.state.user(args.user ?? '');
    if (!user) throw new SlackRefusal('user_not_found');
    return { user: userJson(core, user) };
  }),

  'users.list': method(z.object({ cursor: z.string().optional(), limit: CountArg }), (core, args) => {
    const page = pageOf(core.state.users(), args.cursor, args.limit || 1_000);
    return {
      members: page.items.map((user) => userJson(core, user)),
      cache_ts: Math.floor(core.now() / 1_000),
      response_metadata: { next_cursor: page.cursor },
    };
  }),

  'users.conversations': method(
    z.object({
      user: z.string().optional(),
      types: z.string().optional(),
      cursor: z.string().optional(),
      limit: CountArg,
    }),
    (core, args) => {
      const user = args.user ?? core.identity.botUserId;
      const types = (args.types ?? 'public_channel').split(',').map((type) => type.trim());
      const wanted = core.state
        .channels()
        .filter((one) => one.members.includes(user) && isVisible(core, one) && types.includes(typeOf(one)));
      const page = pageOf(wanted, args.cursor, args.limit || 100);
      return {
        channels: page.items.map((one) => channelJson(core, one)),
        response_metadata: { next_cursor: page.cursor },
      };
    },
  ),

  'reactions.add': method(
    z.object({ channel: z.string().optional(), timestamp: z.string().optional(), name: z.string().optional() }),
    (core, args) => {
      if (!args.timestamp) throw new SlackRefusal('no_item_specified');
      const name = args.name?.replaceAll(':', '') ?? '';
      if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackRefusal('invalid_name');
      const message = findMessage(core, args.channel, args.timestamp);
      const { botUserId } = core.identity;
      const known = message.reactions.find((one) => one.name === name);
      if (known?.users.includes(botUserId)) throw new SlackRefusal('already_reacted');
      const others = message.reactions.filter((one) => one.name !== name);
      const reactions = [...others, { name, users: [...(known?.users ?? []), botUserId] }];
      core.store.apply({ type: 'message.put', message: { ...message, reactions } });
      return {};
    },
  ),
};

function userJson(core: Core, user: User): Json {
  return {
    id: user.id,
    team_id: user.homeTeamId ?? core.identity.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 0,
    // Of people of other organisations Slack tells no role and no zone.
    ...(user.homeTeamId ? { is_stranger: true } : roleJson(core, user)),
    profile: { display_name: user.name, real_name: user.realName, team: user.homeTeamId ?? core.identity.teamId },
  };
}

function roleJson(core: Core, user: User): Json {
  return {
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isGuest,
    is_ultra_restricted: false,
    tz: user.zone,
    tz_label: user.zone,
    tz_offset: zoneOffsetSeconds(user.zone, core.now()),
  };
}

/** Seconds east of UTC at an instant. */
function zoneOffsetSeconds(zone: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(atMs);
  const [, sign, hours, minutes] =
    /GMT([+-])(\d+):(\d+)/.exec(parts.find((one) => one.type === 'timeZoneName')?.value ?? '') ?? [];
  const seconds = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
  return sign === '-' ? -seconds : seconds;
}

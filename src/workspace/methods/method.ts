import { z } from 'zod';
import type { Core } from '../core.ts';
import { openDirect } from '../direct.ts';
import { SlackRefusal } from '../errors.ts';
import type { Channel, Json } from '../records.ts';
import type { Grant } from '../tokens.ts';

/** Who calls: a token and what it was granted; both empty for a method that asks for none. */
export type Caller = {
  readonly token: string;
  readonly grant?: Grant;
  /** A fault: the shared file is complete and the answer as ever, but no channel shows it. */
  readonly isShareLost?: boolean;
};

export type Method = {
  readonly token: 'bot' | 'app' | 'none';
  readonly run: (core: Core, args: Json, caller: Caller) => Json;
};

/** A method whose arguments are parsed by a schema before it runs. */
export function method<Shape extends z.ZodType>(
  shape: Shape,
  run: (core: Core, args: z.output<Shape>, caller: Caller) => Json,
  token: Method['token'] = 'bot',
): Method {
  return {
    token,
    run(core, args, caller) {
      const parsed = shape.safeParse(args);
      if (parsed.success) return run(core, parsed.data, caller);
      throw new SlackRefusal(
        'invalid_arguments',
        parsed.error.issues.map((issue) => `${issue.message} [json-pointer:/${issue.path.map(String).join('/')}]`),
      );
    },
  };
}

/** Form bodies carry everything as text: nested values as JSON, flags as words, counts as digits. */
export const JsonArg = z.preprocess((value) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}, z.unknown());

export const FlagArg = z.preprocess(
  (value) => (typeof value === 'string' ? value === 'true' || value === '1' : value),
  z.boolean().optional(),
);

export const CountArg = z.preprocess(
  (value) => (typeof value === 'string' && value !== '' ? Number(value) : value),
  z.int().min(0).optional(),
);

/** The channel by id, or the direct message with a person by user id. A private one exists for its members only. */
export function requireChannel(core: Core, id: string | undefined): Channel {
  const channel = core.state.channel(id ?? '') ?? core.state.channelNamed(id ?? '');
  if (channel && isVisible(core, channel)) return channel;
  const user = core.state.user(id ?? '');
  if (!user || user.isBot) throw new SlackRefusal('channel_not_found');
  return openDirect(core, user.id).channel;
}

export function isVisible(core: Core, channel: Channel): boolean {
  return !channel.isPrivate || channel.members.includes(core.identity.botUserId);
}

export function requireMembership(core: Core, channel: Channel): void {
  if (!channel.members.includes(core.identity.botUserId)) throw new SlackRefusal('not_in_channel');
}

/** Posting is for members, or for any public channel with the scope `chat:write.public`. */
export function requirePostable(core: Core, channel: Channel, { grant }: Caller): void {
  if (channel.isArchived) throw new SlackRefusal('is_archived');
  const isAllowed = grant?.kind === 'bot' && grant.scopes.includes('chat:write.public');
  if (!isAllowed) requireMembership(core, channel);
}

export type Page<T> = { readonly items: readonly T[]; readonly cursor: string };

/** Cursors are offsets in Slack's base64 dress. */
export function pageOf<T>(all: readonly T[], cursor: string | undefined, limit: number): Page<T> {
  const offset = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('offset:', '')) : 0;
  if (!Number.isInteger(offset) || offset < 0 || offset > all.length) throw new SlackRefusal('invalid_cursor');
  const end = offset + limit;
  return {
    items: all.slice(offset, end),
    cursor: end < all.length ? Buffer.from(`offset:${end}`).toString('base64') : '',
  };
}

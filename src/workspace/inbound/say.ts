import type { Core } from '../core.ts';
import { openDirect } from '../direct.ts';
import { isOpenTo } from '../membership.ts';
import type { Channel, Message } from '../records.ts';
import { viewJson } from '../views.ts';
import { sendEvent } from './events.ts';
import { type Outcome, refuse } from './outcome.ts';

export type SayInput = {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string | undefined;
};

/** A person writes a message; a mention of the app reaches it as app_mention. */
export async function say(core: Core, input: SayInput): Promise<Outcome> {
  const channel = core.state.channel(input.channel);
  const user = core.state.user(input.user);
  if (!channel || !user)
    return refuse('unknown_place', `expected a known user and channel, got ${input.user} and ${input.channel}`);
  if (!isOpenTo(channel, user.id))
    return refuse('unknown_place', `${user.name} is not in this channel; act as a member`);
  if (channel.isArchived) return refuse('unknown_place', `#${channel.name} is archived; nobody can write there`);
  if (input.threadTs !== undefined && !core.state.message(channel.id, input.threadTs)) {
    return refuse('unknown_place', 'this thread is gone; look at the channel again');
  }
  const message: Message = {
    channel: channel.id,
    ts: core.ids.ts(),
    user: user.id,
    isFromApp: false,
    text: linkMentions(core, input.text),
    blocks: [],
    ...(input.threadTs ? { threadTs: input.threadTs } : {}),
    isBroadcast: false,
    reactions: [],
    fileIds: [],
  };
  core.store.apply({ type: 'message.put', message });
  const type = eventFor(core, channel, message);
  if (!type) return { ok: true, payload: {} };
  return sendEvent(core, type, {
    type: type === 'message.im' ? 'message' : type,
    user: user.id,
    text: message.text,
    ts: message.ts,
    channel: channel.id,
    event_ts: message.ts,
    team: user.homeTeamId ?? core.identity.teamId,
    ...(user.homeTeamId ? { user_team: user.homeTeamId, source_team: user.homeTeamId } : {}),
    ...(type === 'message.im' ? { channel_type: 'im' } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  });
}

/** An app hears of mentions where it is a member, and of everything in its own direct messages. */
function eventFor(core: Core, channel: Channel, message: Message): 'app_mention' | 'message.im' | undefined {
  if (channel.directWith) return 'message.im';
  const { botUserId } = core.identity;
  const isHeard = channel.members.includes(botUserId) && message.text.includes(`<@${botUserId}>`);
  return isHeard ? 'app_mention' : undefined;
}

/** A person opens the app's home tab. */
export async function openHome(core: Core, user: string): Promise<Outcome> {
  if (!core.state.user(user)) return refuse('unknown_place', `expected a known user, got ${user}`);
  const { channel } = openDirect(core, user);
  const type = 'app_home_opened';
  const published = core.state.home(user);
  return sendEvent(core, type, {
    type,
    user,
    channel: channel.id,
    tab: 'home',
    event_ts: core.ids.ts(),
    ...(published ? { view: viewJson(core, published) } : {}),
  });
}

function linkMentions(core: Core, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(/(?<=^|\s)@([\w.-]+)/g, (whole, name: string) => {
    const isNamed = (other: string): boolean => other.toLowerCase() === name.toLowerCase();
    const user = core.state.users().find((one) => isNamed(one.name));
    const group = core.state.groups().find((one) => isNamed(one.handle));
    if (user) return `<@${user.id}>`;
    return group ? `<!subteam^${group.id}|@${group.handle}>` : whole;
  });
}

import type { Core } from '../core.ts';
import { openDirect } from '../direct.ts';
import type { Json, Message } from '../records.ts';
import { type Outcome, outcomeOf, refuse } from './outcome.ts';

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
  if (!message.text.includes(`<@${core.identity.botUserId}>`)) return { ok: true, payload: {} };
  return sendEvent(core, {
    type: 'app_mention',
    user: user.id,
    text: message.text,
    ts: message.ts,
    channel: channel.id,
    event_ts: message.ts,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  });
}

/** A person opens the app's home tab. */
export async function openHome(core: Core, user: string): Promise<Outcome> {
  if (!core.state.user(user)) return refuse('unknown_place', `expected a known user, got ${user}`);
  const { channel } = openDirect(core, user);
  const eventTs = core.ids.ts();
  return sendEvent(core, { type: 'app_home_opened', user, channel: channel.id, tab: 'home', event_ts: eventTs });
}

async function sendEvent(core: Core, event: Json): Promise<Outcome> {
  const { teamId, appId, botUserId } = core.identity;
  const delivery = await core.sockets.deliver('events_api', {
    token: 'local-verification-token',
    team_id: teamId,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: core.ids.next('Ev'),
    event_time: Math.floor(core.now() / 1_000),
    authorizations: [
      { enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  });
  return outcomeOf(core, delivery);
}

function linkMentions(core: Core, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(/(?<=^|\s)@([\w.-]+)/g, (whole, name: string) => {
    const user = core.state.users().find((one) => one.name.toLowerCase() === name.toLowerCase());
    return user ? `<@${user.id}>` : whole;
  });
}

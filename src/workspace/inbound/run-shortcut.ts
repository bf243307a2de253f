import type { Core } from '../core.ts';
import { isOpenTo } from '../membership.ts';
import { messageJson } from '../message-json.ts';
import type { Json } from '../records.ts';
import { channelName } from './issue-command.ts';
import { interactionBase, type Outcome, outcomeOf, refuse, triggerFields } from './outcome.ts';

/** A message shortcut names its message; a global one names none. */
export type ShortcutInput = {
  readonly user: string;
  readonly callbackId: string;
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
};

/** A person picks a shortcut of the app, in the menu of a message or in the menu of all shortcuts. */
export async function runShortcut(core: Core, input: ShortcutInput): Promise<Outcome> {
  const user = core.state.user(input.user);
  const shortcut = core.shortcuts.find((one) => one.callbackId === input.callbackId);
  if (!user || user.homeTeamId !== undefined || !shortcut)
    return refuse('unknown_shortcut', `expected a shortcut of the app, got ${input.callbackId.slice(0, 80)}`);
  const fields = shortcut.type === 'global' ? { type: 'shortcut' } : messageFields(core, input);
  if (!fields) return refuse('stale_action', 'this message is gone; look at the channel again');
  const payload = {
    ...interactionBase(core, user.id),
    ...triggerFields(core, user.id),
    ...fields,
    callback_id: shortcut.callbackId,
    action_ts: core.ids.ts(),
  };
  return outcomeOf(core, await core.transport.deliver('interactive', payload));
}

function messageFields(core: Core, { user, channel: channelId = '', ts = '' }: ShortcutInput): Json | undefined {
  const channel = core.state.channel(channelId);
  const message = core.state.message(channelId, ts);
  if (!channel || !message || !isOpenTo(channel, user)) return undefined;
  const { threadTs } = message;
  const thread = threadTs ? { threadTs } : {};
  const target = { teamId: core.identity.teamId, user, channel: channel.id, sourceTs: ts, ...thread };
  return {
    type: 'message_action',
    message_ts: ts,
    channel: { id: channel.id, name: channelName(channel) },
    message: messageJson(core, message, true),
    response_url: core.responseUrls.issue(target),
  };
}

import type { Core } from '../core.ts';
import { isOpenTo } from '../membership.ts';
import { messageJson } from '../message-json.ts';
import type { Block, Json } from '../records.ts';
import { viewJson } from '../views.ts';
import { channelName } from './issue-command.ts';

/** Where an element stands: in a message or ephemeral of a channel, or in a view. */
export type PlaceInput = {
  readonly user: string;
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
  readonly viewId?: string | undefined;
};

export type Place = {
  readonly blocks: readonly Block[];
  /** What block_actions says of the place; gives out a response_url for a message. */
  readonly fields: (state: Json) => Json;
  readonly suggestionFields: () => Json;
};

export function placeOf(core: Core, input: PlaceInput): Place | undefined {
  return input.viewId === undefined ? messagePlace(core, input) : viewPlace(core, input);
}

function messagePlace(core: Core, { user, channel: channelId = '', ts = '' }: PlaceInput): Place | undefined {
  const channel = core.state.channel(channelId);
  const message = core.state.message(channelId, ts);
  const ephemeral = core.state.ephemeral(channelId, ts);
  const source = message ?? (ephemeral?.recipient === user ? ephemeral : undefined);
  if (!channel || !source || !core.state.user(user) || !isOpenTo(channel, user)) return undefined;
  const { threadTs } = source;
  const thread = threadTs ? { threadTs } : {};
  const suggestionFields = (): Json => ({
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel.id,
      is_ephemeral: !message,
      ...(threadTs ? { thread_ts: threadTs } : {}),
    },
    channel: { id: channel.id, name: channelName(channel) },
    ...(message ? { message: messageJson(core, message, true) } : {}),
  });
  const target = { teamId: core.identity.teamId, user, channel: channel.id, sourceTs: ts, ...thread };
  return {
    blocks: source.blocks,
    suggestionFields,
    fields: () => ({ ...suggestionFields(), response_url: core.responseUrls.issue(target) }),
  };
}

function viewPlace(core: Core, input: PlaceInput): Place | undefined {
  const view = core.state.view(input.viewId ?? '');
  if (view?.user !== input.user) return undefined;
  const fields = (state: Json = {}): Json => ({
    container: { type: 'view', view_id: view.id },
    view: viewJson(core, view, state),
  });
  return { blocks: view.blocks, fields, suggestionFields: () => fields() };
}

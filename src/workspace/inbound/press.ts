import { answerElement, type Choice, initialChoice } from '../blocks/answer.ts';
import { elementsOf, findElement } from '../blocks/walk.ts';
import type { Core } from '../core.ts';
import { messageJson } from '../message-json.ts';
import type { Block, Json } from '../records.ts';
import { viewJson } from '../views.ts';
import { interactionBase, type Outcome, outcomeOf, refuse } from './outcome.ts';

/** Where the element stands: in a message or ephemeral of a channel, or in a view. */
export type PressInput = {
  readonly user: string;
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
  readonly viewId?: string | undefined;
  readonly blockId?: string | undefined;
  readonly actionId: string;
  /** What was chosen; for a plain button the value the person saw, if any. */
  readonly value?: Choice | undefined;
};

/** Fires block_actions, but only for an element that is stored now, with a value that is stored now. */
export async function press(core: Core, input: PressInput): Promise<Outcome> {
  const place = input.viewId === undefined ? messagePlace(core, input) : viewPlace(core, input);
  if (!place) return refuse('stale_action', 'this message or view is gone; look at the channel again');
  const found = findElement(place.blocks, input.actionId, input.blockId);
  if (!found)
    return refuse('stale_action', `expected an element ${input.actionId} in the stored blocks, found none; look again`);
  const answer = answerElement(found.element, input.value);
  if (!answer.ok) return refuse('stale_action', answer.reason);
  const action = {
    action_id: input.actionId,
    block_id: found.blockId,
    type: found.element.type,
    ...answer.fields,
    action_ts: core.ids.ts(),
  };
  const delivery = await core.sockets.deliver('interactive', {
    type: 'block_actions',
    ...interactionBase(core, input.user),
    ...place.fields(),
    state: {
      values: stateValues(place.blocks, (element, blockId) => {
        const isPressed = element.action_id === input.actionId && blockId === found.blockId;
        return isPressed ? input.value : initialChoice(element);
      }),
    },
    actions: [action],
  });
  return outcomeOf(core, delivery);
}

type Place = { readonly blocks: readonly Block[]; readonly fields: () => Json };

function messagePlace(core: Core, input: PressInput): Place | undefined {
  const { user, channel: channelId = '', ts = '' } = input;
  const channel = core.state.channel(channelId);
  const message = core.state.message(channelId, ts);
  const ephemeral = core.state.ephemeral(channelId, ts);
  const source = message ?? (ephemeral?.recipient === user ? ephemeral : undefined);
  if (!channel || !source || !core.state.user(user)) return undefined;
  const { threadTs } = source;
  return {
    blocks: source.blocks,
    fields: () => ({
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel.id,
        is_ephemeral: !message,
        ...(threadTs ? { thread_ts: threadTs } : {}),
      },
      channel: { id: channel.id, name: channel.directWith ? 'directmessage' : channel.name },
      ...(message ? { message: messageJson(core, message, true) } : {}),
      response_url: core.responseUrls.issue({
        user,
        channel: channel.id,
        sourceTs: ts,
        ...(threadTs ? { threadTs } : {}),
      }),
    }),
  };
}

function viewPlace(core: Core, input: PressInput): Place | undefined {
  const view = core.state.view(input.viewId ?? '');
  if (view?.user !== input.user) return undefined;
  return {
    blocks: view.blocks,
    fields: () => ({ container: { type: 'view', view_id: view.id }, view: viewJson(core, view) }),
  };
}

const stateful = new Set([
  'static_select',
  'multi_static_select',
  'users_select',
  'channels_select',
  'conversations_select',
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'plain_text_input',
  'number_input',
]);

/** `state.values`: every element that holds a value, by block and action. */
export function stateValues(
  blocks: readonly Block[],
  choose: (element: Json, blockId: string) => Choice | undefined,
): Json {
  const values: Record<string, Record<string, Json>> = {};
  for (const block of blocks) {
    for (const { element } of elementsOf(block)) {
      const { type, action_id: actionId } = element;
      if (typeof type !== 'string' || !stateful.has(type) || typeof actionId !== 'string') continue;
      const answer = answerElement(element, choose(element, block.block_id));
      if (answer.ok) values[block.block_id] = { ...values[block.block_id], [actionId]: { type, ...answer.fields } };
    }
  }
  return values;
}

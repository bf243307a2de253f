import { answerElement, type Choice, initialChoice } from '../blocks/answer.ts';
import { allBlocks, elementsOf, findElement } from '../blocks/walk.ts';
import type { Core } from '../core.ts';
import type { Block, Json } from '../records.ts';
import { interactionBase, type Outcome, outcomeOf, refuse, triggerFields } from './outcome.ts';
import { type PlaceInput, placeOf } from './place.ts';

export type PressInput = PlaceInput & {
  readonly blockId?: string | undefined;
  readonly actionId: string;
  /** What was chosen; for a plain button the value the person saw, if any. */
  readonly value?: Choice | undefined;
};

/** Fires block_actions, but only for an element that is stored now, with a value that is stored now. */
export async function press(core: Core, input: PressInput): Promise<Outcome> {
  const place = placeOf(core, input);
  if (!place) return refuse('stale_action', 'this message or view is gone; look at the channel again');
  const found = findElement(place.blocks, input.actionId, input.blockId);
  if (!found)
    return refuse('stale_action', `expected an element ${input.actionId} in the stored blocks, found none; look again`);
  const answer = answerElement(found.element, input.value, core.offers.find(input.actionId));
  if (!answer.ok) return refuse('stale_action', answer.reason);
  const action = {
    action_id: input.actionId,
    block_id: found.blockId,
    type: found.element.type,
    ...answer.fields,
    action_ts: core.ids.ts(),
  };
  const delivery = await core.transport.deliver('interactive', {
    type: 'block_actions',
    ...interactionBase(core, input.user),
    ...triggerFields(core, input.user),
    api_app_id: core.app.id,
    ...place.fields(),
    state: {
      values: stateValues(core, place.blocks, (element, blockId) => {
        const isPressed = element.action_id === input.actionId && blockId === found.blockId;
        return isPressed ? input.value : initialChoice(element);
      }),
    },
    actions: [action],
  });
  return outcomeOf(core, delivery);
}

const selects = ['static_select', 'external_select', 'users_select', 'channels_select', 'conversations_select'];
const stateful = new Set([
  ...selects,
  ...selects.map((type) => `multi_${type}`),
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'plain_text_input',
  'number_input',
  'timepicker',
  'datetimepicker',
  'email_text_input',
  'url_text_input',
]);

/** `state.values`: every element that holds a value, by block and action. */
export function stateValues(
  core: Core,
  blocks: readonly Block[],
  choose: (element: Json, blockId: string) => Choice | undefined,
): Json {
  const values: Record<string, Record<string, Json>> = {};
  for (const { block } of allBlocks(blocks)) {
    for (const { element } of elementsOf(block)) {
      const { type, action_id: actionId } = element;
      if (typeof type !== 'string' || !stateful.has(type) || typeof actionId !== 'string') continue;
      const answer = answerElement(element, choose(element, String(block.block_id)), core.offers.find(actionId));
      if (answer.ok)
        values[String(block.block_id)] = { ...values[String(block.block_id)], [actionId]: { type, ...answer.fields } };
    }
  }
  return values;
}

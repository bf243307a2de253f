import { answerElement, type Choice, initialChoice } from '../blocks/answer.ts';
import { type FoundElement, findElements } from '../blocks/find-elements.ts';
import { allBlocks, elementsOf } from '../blocks/walk.ts';
import type { Core } from '../core.ts';
import type { Block, Json } from '../records.ts';
import { interactionBase, type Outcome, outcomeOf, refuse, triggerFields } from './outcome.ts';
import { type PlaceInput, placeOf } from './place.ts';
import type { ViewValues } from './submit-view.ts';

export type PressInput = PlaceInput & {
  readonly blockId?: string | undefined;
  readonly actionId: string;
  /** What was chosen; for a plain button the value the person saw, if any. */
  readonly value?: Choice | undefined;
  /** In a dialog: what is filled in around it. An element left out keeps its initial value. */
  readonly values?: ViewValues | undefined;
};

/** Fires block_actions, but only for an element that is stored now, with a value that is stored now. */
export async function press(core: Core, input: PressInput): Promise<Outcome> {
  const place = placeOf(core, input);
  if (!place) return refuse('stale_action', 'this message or view is gone; look at the channel again');
  const pressed = pressedElement(core, input, findElements(place.blocks, input.actionId, input.blockId));
  if (!pressed.ok) return refuse('stale_action', pressed.reason);
  const { found, fields } = pressed;
  const state = stateValues(core, place.blocks, (element, blockId) => {
    const isPressed = element.action_id === input.actionId && blockId === found.blockId;
    if (isPressed) return input.value;
    return input.values?.[blockId]?.[String(element.action_id)] ?? initialChoice(element);
  });
  const action = {
    action_id: input.actionId,
    block_id: found.blockId,
    type: found.element.type,
    ...fields,
    action_ts: core.ids.ts(),
  };
  const delivery = await core.transport.deliver('interactive', {
    type: 'block_actions',
    ...interactionBase(core, input.user),
    ...triggerFields(core, input.user),
    api_app_id: core.app.id,
    ...place.fields(state),
    state: { values: state },
    actions: [action],
  });
  return outcomeOf(core, delivery);
}

type Pressed =
  | { readonly ok: true; readonly found: FoundElement; readonly fields: Json }
  | { readonly ok: false; readonly reason: string };

/** The one element that takes what was chosen; of several alike nobody knows which was meant. */
function pressedElement(core: Core, input: PressInput, candidates: readonly FoundElement[]): Pressed {
  const answers = candidates.map((found) => ({
    found,
    answer: answerElement(found.element, input.value, core.offers.find(input.actionId)),
  }));
  const taking = answers.flatMap(({ found, answer }) => (answer.ok ? [{ found, fields: answer.fields }] : []));
  const [only, other] = taking;
  if (only && !other) return { ok: true, ...only };
  if (other) return { ok: false, reason: `expected one element ${input.actionId}, found ${taking.length}; look again` };
  const [refused] = answers;
  if (refused && !refused.answer.ok) return { ok: false, reason: refused.answer.reason };
  return { ok: false, reason: `expected an element ${input.actionId} in the stored blocks, found none; look again` };
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
  'rich_text_input',
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

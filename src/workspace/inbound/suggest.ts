import { z } from 'zod';
import { findElements } from '../blocks/find-elements.ts';
import { limits } from '../blocks/limits.ts';
import { Option, OptionGroup } from '../blocks/objects.ts';
import type { Core } from '../core.ts';
import { interactionBase, type Outcome, outcomeOf, refuse } from './outcome.ts';
import { placeOf } from './place.ts';

export type SuggestInput = {
  readonly user: string;
  readonly channel?: string | undefined;
  readonly ts?: string | undefined;
  readonly viewId?: string | undefined;
  readonly blockId?: string | undefined;
  readonly actionId: string;
  /** What the person has typed so far. */
  readonly value: string;
};

const Offer = z.union([
  z.object({ options: z.array(Option).max(limits.selectOptions) }),
  z.object({ option_groups: z.array(OptionGroup).max(limits.optionGroups) }),
]);

/** Asks the app for the options of an external select; only what it offered can be picked after that. */
export async function suggest(core: Core, input: SuggestInput): Promise<Outcome> {
  const place = placeOf(core, input);
  const [found] = place ? findElements(place.blocks, input.actionId, input.blockId) : [];
  const { type } = found?.element ?? {};
  if (!place || !found || (type !== 'external_select' && type !== 'multi_external_select'))
    return refuse('stale_action', 'this menu is gone; look again');
  const delivery = await core.transport.deliver('interactive', {
    type: 'block_suggestion',
    ...interactionBase(core, input.user),
    api_app_id: core.app.id,
    ...place.suggestionFields(),
    action_id: input.actionId,
    block_id: found.blockId,
    value: input.value,
  });
  const outcome = outcomeOf(core, delivery);
  if (!outcome.ok) return outcome;
  const offer = Offer.safeParse(outcome.payload);
  if (!offer.success) return refuse('invalid_values', 'the app answered with options that Slack does not take');
  const options =
    'options' in offer.data ? offer.data.options : offer.data.option_groups.flatMap((group) => group.options);
  core.offers.remember(input.actionId, options);
  return { ok: true, payload: offer.data };
}

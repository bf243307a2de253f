import { z } from 'zod';
import { type Choice, initialChoice } from '../blocks/answer.ts';
import { elementsOf } from '../blocks/walk.ts';
import type { Core } from '../core.ts';
import { SlackRefusal } from '../errors.ts';
import type { Json, View } from '../records.ts';
import { newView, parseView, replaceView, viewJson } from '../views.ts';
import { inputProblem } from './input-problem.ts';
import { interactionBase, type Outcome, outcomeOf, refuse, triggerFields } from './outcome.ts';
import { stateValues } from './press.ts';

/** Choices by block id, then action id. An element left out keeps its initial value. */
export type ViewValues = Readonly<Record<string, Readonly<Record<string, Choice>>>>;
export type SubmitInput = { readonly user: string; readonly viewId: string; readonly values: ViewValues };

const SubmitAck = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

export async function submitView(core: Core, input: SubmitInput): Promise<Outcome> {
  const view = core.state.view(input.viewId);
  if (view?.type !== 'modal' || view.user !== input.user)
    return refuse('stale_action', 'this dialog is gone; open it again');
  const chosen = (element: Json, blockId: string): Choice | undefined =>
    input.values[blockId]?.[String(element.action_id)] ?? initialChoice(element);
  const errors = inputErrors(core, view, chosen);
  if (Object.keys(errors).length > 0) return invalidValues(errors);
  const delivery = await core.transport.deliver('interactive', {
    type: 'view_submission',
    ...interactionBase(core, input.user),
    ...triggerFields(core, input.user),
    api_app_id: core.app.id,
    view: viewJson(core, view, stateValues(core, view.blocks, chosen)),
    response_urls: [],
  });
  const outcome = outcomeOf(core, delivery);
  return outcome.ok ? applySubmitAck(core, view, outcome.payload) : outcome;
}

/** The person closed the dialog without submitting it. */
export async function closeView(
  core: Core,
  input: { readonly user: string; readonly viewId: string },
): Promise<Outcome> {
  const view = core.state.view(input.viewId);
  if (view?.type !== 'modal' || view.user !== input.user) return refuse('stale_action', 'this dialog is gone already');
  removeViews(core, view.clearOnClose ? core.state.views(view.user) : [view]);
  if (!view.notifyOnClose) return { ok: true, payload: {} };
  const payload = {
    ...interactionBase(core, input.user),
    api_app_id: core.app.id,
    view: viewJson(core, view),
    is_cleared: view.clearOnClose,
  };
  return outcomeOf(core, await core.transport.deliver('interactive', { type: 'view_closed', ...payload }));
}

function applySubmitAck(core: Core, view: View, payload: Json): Outcome {
  if (payload.response_action === undefined) {
    removeViews(core, [view]);
    return { ok: true, payload };
  }
  const ack = SubmitAck.safeParse(payload);
  if (!ack.success) return refuse('invalid_values', 'the app answered with an unknown response_action');
  switch (ack.data.response_action) {
    case 'errors':
      return invalidValues(ack.data.errors);
    case 'clear':
      removeViews(core, core.state.views(view.user));
      return { ok: true, payload };
    case 'update':
    case 'push':
      return applyNextView(core, view, ack.data.response_action, payload);
  }
}

function applyNextView(core: Core, view: View, action: 'update' | 'push', payload: Json): Outcome {
  try {
    const checked = parseView(core, payload.view, 'modal');
    if (action === 'update') replaceView(core, view, checked);
    else core.store.apply({ type: 'view.put', view: newView(core, checked, view.user, view) });
    return { ok: true, payload };
  } catch (error) {
    if (error instanceof SlackRefusal)
      return refuse('invalid_values', `the app answered with a bad view: ${error.message}`);
    throw error;
  }
}

function inputErrors(
  core: Core,
  view: View,
  chosen: (element: Json, blockId: string) => Choice | undefined,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of view.blocks) {
    if (block.type !== 'input') continue;
    for (const { element } of elementsOf(block)) {
      const offered = core.offers.find(String(element.action_id));
      const problem = inputProblem(block, element, { choice: chosen(element, block.block_id), offered });
      if (problem) errors[block.block_id] = problem;
    }
  }
  return errors;
}

function invalidValues(errors: Readonly<Record<string, string>>): Outcome {
  return { ok: false, error: 'invalid_values', detail: 'some fields need another look', errors };
}

function removeViews(core: Core, views: readonly View[]): void {
  for (const view of views) core.store.apply({ type: 'view.removed', id: view.id });
}

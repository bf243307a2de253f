import { limits } from './blocks/limits.ts';
import { phraseProblems, problemAt } from './blocks/problems.ts';
import { validateBlocks } from './blocks/validate.ts';
import { ViewInput } from './blocks/view-schema.ts';
import type { Core } from './core.ts';
import { SlackRefusal } from './errors.ts';
import { isReadyImage } from './files.ts';
import type { Block, Json, View } from './records.ts';

export type CheckedView = { readonly input: ViewInput; readonly blocks: readonly Block[] };

export function parseView(core: Core, value: unknown, type: 'modal' | 'home'): CheckedView {
  const parsed = ViewInput.safeParse(value);
  if (!parsed.success) throw invalid(phraseProblems(parsed.error.issues, value, '/view'));
  const input = parsed.data;
  if (input.type !== type) throw invalid([problemAt(`expected a ${type} view`, '/view', ['type'])]);
  if (Buffer.byteLength(JSON.stringify(input)) > limits.viewBytes) throw new SlackRefusal('view_too_large');
  const check = validateBlocks(input.blocks, {
    surface: type,
    root: '/view/blocks',
    isReadyImage: (file) => isReadyImage(core, file),
    nextId: core.ids.next,
  });
  if (!check.ok) throw invalid(check.problems);
  const needsSubmit = check.blocks.some((block) => block.type === 'input');
  if (input.type === 'modal' && needsSubmit && !input.submit) {
    throw invalid([problemAt('missing required field: submit', '/view', [])]);
  }
  return { input, blocks: check.blocks };
}

export function newView(core: Core, checked: CheckedView, user: string, below?: View): View {
  const id = core.ids.next('V');
  return {
    ...content(core, checked),
    id,
    user,
    rootId: below?.rootId ?? id,
    ...(below ? { previousId: below.id } : {}),
  };
}

export function replaceView(core: Core, old: View, checked: CheckedView): View {
  const { id, user, rootId, previousId } = old;
  const view: View = { ...content(core, checked), id, user, rootId, ...(previousId ? { previousId } : {}) };
  core.store.apply({ type: 'view.put', view });
  return view;
}

/** A view as the Web API and interaction payloads show it. */
export function viewJson(core: Core, view: View, values: Json = {}): Json {
  return {
    id: view.id,
    team_id: core.identity.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    state: { values },
    hash: view.hash,
    title: view.title ?? null,
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: core.identity.appId,
    app_installed_team_id: core.identity.teamId,
    bot_id: core.identity.botId,
  };
}

function content(core: Core, { input, blocks }: CheckedView): Omit<View, 'id' | 'user' | 'rootId' | 'previousId'> {
  const modal = input.type === 'modal' ? input : undefined;
  return {
    type: input.type,
    hash: `${core.ids.ts()}.local`,
    callbackId: input.callback_id ?? '',
    externalId: input.external_id ?? '',
    privateMetadata: input.private_metadata ?? '',
    ...(modal ? { title: modal.title } : {}),
    ...(modal?.submit ? { submit: modal.submit } : {}),
    ...(modal?.close ? { close: modal.close } : {}),
    clearOnClose: modal?.clear_on_close ?? false,
    notifyOnClose: modal?.notify_on_close ?? false,
    blocks,
  };
}

function invalid(problems: readonly string[]): SlackRefusal {
  return new SlackRefusal('invalid_arguments', problems);
}

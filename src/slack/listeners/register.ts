import type { App } from '@slack/bolt';
import { homeActions } from '../../domain/home-action.ts';
import { shortcuts } from '../../domain/shortcut.ts';
import { plainMessage } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import { answer } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { ActionDoors, CommandDoor, FormDoor, HomeDoor } from '../doors.ts';
import { createHomeTab } from '../home-tab.ts';
import { actionIds, columnActions, viewIds } from '../ids.ts';
import { createDigestDialog } from './digest.ts';
import { createDriftCommandListener } from './drift-command.ts';
import { createHomeListeners } from './home.ts';
import { createHomeDialogListeners } from './home-dialog.ts';
import { createImportListeners } from './import.ts';
import { createMentionListener } from './mention.ts';
import { createModelFormListeners } from './model-form.ts';
import { createPressListener, verbs } from './press.ts';
import { createQuietHoursDialog } from './quiet-hours.ts';
import { createShortcutListener } from './shortcut.ts';

export interface Listeners {
  readonly commands: CommandDoor;
  readonly actions: ActionDoors;
  readonly home: HomeDoor;
  readonly forms: FormDoor;
  readonly format: FormatOptions;
  readonly clock: Clock;
}

const STALE = 'This button is from another version of Driftbell and does nothing any more.';

/** Binds every id to its listener. */
export function registerListeners(app: App, { commands, actions, home, forms, format, clock }: Listeners): void {
  const tab = createHomeTab(home);
  // Any command of this app is ours: a workspace may have renamed /drift in its manifest.
  app.command(/^\//, createDriftCommandListener({ commands, forms, format, clock }));
  for (const id of Object.values(actionIds)) {
    app.action({ type: 'block_actions', action_id: id }, createPressListener(id, { actions, format, tab }));
  }
  app.action({ type: 'block_actions', action_id: unknownId() }, async ({ respond }) => {
    await answer(respond, plainMessage(STALE), { visibility: 'ephemeral', format });
  });
  for (const { id } of Object.values(shortcuts)) {
    app.shortcut({ type: 'message_action', callback_id: id }, createShortcutListener(id, { actions, format }));
  }
  const dialogs = createModelFormListeners(forms, clock);
  app.view({ type: 'view_submission', callback_id: viewIds.modelForm }, dialogs.submitted);
  app.view({ type: 'view_submission', callback_id: viewIds.foundTable }, dialogs.confirmed);
  app.view({ type: 'view_closed', callback_id: viewIds.foundTable }, dialogs.closed);
  for (const id of Object.values(columnActions)) {
    app.action({ type: 'block_actions', action_id: id }, dialogs.turned);
  }
  app.event('app_mention', createMentionListener(commands, format, clock));
  const pages = createHomeListeners(tab, forms);
  app.event('app_home_opened', pages.opened);
  app.action({ type: 'block_actions', action_id: homeActions.register }, pages.register);
  const quiet = createHomeDialogListeners(createQuietHoursDialog(forms), tab);
  app.action({ type: 'block_actions', action_id: homeActions.quietHours }, quiet.pressed);
  app.view({ type: 'view_submission', callback_id: viewIds.quietHours }, quiet.submitted);
  const imports = createImportListeners(forms, clock);
  app.view({ type: 'view_submission', callback_id: viewIds.importFile }, imports.submitted);
  app.view({ type: 'view_submission', callback_id: viewIds.importFound }, imports.confirmed);
  const digest = createHomeDialogListeners(createDigestDialog(forms), tab);
  app.action({ type: 'block_actions', action_id: homeActions.digest }, digest.pressed);
  app.view({ type: 'view_submission', callback_id: viewIds.digest }, digest.submitted);
  for (const id of [homeActions.page, homeActions.refresh]) {
    app.action({ type: 'block_actions', action_id: id }, pages.turned);
  }
}

function unknownId(): RegExp {
  const ids = [...Object.keys(verbs), ...Object.values(homeActions), ...Object.values(columnActions)];
  const known = ids.map((id) => id.replaceAll('.', '\\.'));
  return new RegExp(`^(?!(?:${known.join('|')})$)`);
}

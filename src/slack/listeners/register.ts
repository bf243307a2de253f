import type { App } from '@slack/bolt';
import { plainMessage } from '../../messages/message.ts';
import type { Clock } from '../../ports/clock.ts';
import { answer } from '../answer.ts';
import type { FormatOptions } from '../block-kit.ts';
import type { ActionDoors, CommandDoor, HomeDoor } from '../doors.ts';
import { createDriftCommandListener } from './drift-command.ts';
import { createHomeOpenedListener } from './home-opened.ts';
import { createMentionListener } from './mention.ts';
import { createPressListener, verbs } from './press.ts';

export interface Listeners {
  readonly commands: CommandDoor;
  readonly actions: ActionDoors;
  readonly home?: HomeDoor;
  readonly format: FormatOptions;
  readonly clock: Clock;
}

const STALE = 'This button is from another version of Driftbell and does nothing any more.';

/** Binds every id to its listener. */
export function registerListeners(app: App, { commands, actions, home, format, clock }: Listeners): void {
  // Any command of this app is ours: a workspace may have renamed /drift in its manifest.
  app.command(/^\//, createDriftCommandListener(commands, format, clock));
  for (const [id, verb] of Object.entries(verbs)) {
    app.action({ type: 'block_actions', action_id: id }, createPressListener(verb, actions, format));
  }
  app.action({ type: 'block_actions', action_id: unknownId() }, async ({ respond }) => {
    await answer(respond, plainMessage(STALE), { visibility: 'ephemeral', format });
  });
  app.event('app_mention', createMentionListener(commands, format, clock));
  app.event('app_home_opened', createHomeOpenedListener(home));
}

function unknownId(): RegExp {
  const known = Object.keys(verbs).map((id) => id.replaceAll('.', '\\.'));
  return new RegExp(`^(?!(?:${known.join('|')})$)`);
}

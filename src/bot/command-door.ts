import { type CommandDeps, runCommand } from '../../commands/index.ts';
import type { CommandDoor } from '../slack/index.ts';

/** What is typed in the chat, to the table of commands and back. `kick`: something may be in the outbox. */
export function createCommandDoor(deps: CommandDeps, kick: () => void): CommandDoor {
  return {
    async run({ text, user, channel, threadTs, openForm, openImport, meanwhile }) {
      const report = threadTs === undefined ? undefined : deps.stores.reports.byPosted({ channel, ts: threadTs });
      const caller = {
        user,
        channel,
        ...(report && { report }),
        ...(openForm && { openForm }),
        ...(openImport && { openImport }),
      };
      const visibility = (isShared: boolean) => (isShared ? 'in_channel' : 'ephemeral');
      const done = await runCommand(deps, text, caller, (message, isShared) =>
        meanwhile({ message, visibility: visibility(isShared) }),
      );
      kick();
      return { message: done.message, visibility: visibility(done.isShared) };
    },
  };
}

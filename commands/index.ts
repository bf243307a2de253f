import type { Message } from '../src/messages/message.ts';
import { parseArguments } from './arguments.ts';
import type { Command, CommandDeps, Invocation } from './command.ts';
import { findCommand } from './find-command.ts';
import { createHelp } from './help.ts';
import { list } from './list.ts';
import { mute } from './mute.ts';
import { register } from './register.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { status } from './status.ts';
import { unmute } from './unmute.ts';

export type { CheckSummary, Command, CommandDeps, Invocation } from './command.ts';
export { parseDuration } from './duration.ts';
export { createPresses } from './presses.ts';
export { checkWords } from './run.ts';

/** Every subcommand of `/drift`, in the order help shows them. Routing, help and documents are made of this table. */
export const commands: readonly Command[] = [
  createHelp(() => commands),
  register,
  list,
  status,
  report,
  run,
  mute,
  unmute,
];

/** Runs what was typed after `/drift`. Throws `usage.invalid` with a near command for an unknown one. */
export async function runCommand(deps: CommandDeps, typed: string, invocation: Invocation): Promise<Message> {
  const trimmed = typed.trim();
  const name = trimmed.split(/\s/, 1)[0] ?? '';
  const command = findCommand(commands, name === '' ? 'help' : name);
  const args = parseArguments(trimmed.slice(name.length), command.flags);
  return command.run(deps, command.parse(args, invocation), invocation);
}

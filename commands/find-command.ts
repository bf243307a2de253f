import { DriftbellError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';
import type { Command } from './command.ts';

/** Of what was typed in the place of a command, as much as tells which it was. */
const SHOWN = 40;

/** In the place of a command, with a dash that a phone made long too. */
const ASKS_HELP = /^(?:--|—|–)help$/i;

/** The command of that name or alias, in any case. Throws `usage.invalid` with the nearest name. */
export function findCommand(table: readonly Command[], typed: string): Command {
  return routeCommand(table, typed).command;
}

/** The command that a text begins with, and what comes after it; nothing typed, or `--help`, asks for help. */
export function routeCommand(table: readonly Command[], typed: string): { command: Command; rest: string } {
  const text = typed.trim();
  const [first = ''] = text.split(/\s/, 1);
  for (const command of table) {
    const name = [...(command.aliases ?? []), command.name].find((candidate) => beginsWith(text, candidate));
    if (name !== undefined) return { command, rest: text.slice(name.length) };
  }
  const help = table.find(({ name }) => name === 'help');
  if ((text === '' || ASKS_HELP.test(text)) && help !== undefined) return { command: help, rest: '' };
  throw unknownCommand(table, first);
}

function beginsWith(text: string, name: string): boolean {
  const [next = ' '] = text.slice(name.length, name.length + 1);
  return text.slice(0, name.length).toLowerCase() === name && /\s/.test(next);
}

function unknownCommand(table: readonly Command[], word: string): DriftbellError {
  const close = nearest(
    word,
    table.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  );
  return new DriftbellError('usage.invalid', {
    expected: 'a command of Driftbell',
    received: JSON.stringify(word.slice(0, SHOWN)),
    remedy:
      close === undefined
        ? 'see them with `/drift help`'
        : `did you mean \`/drift ${close}\`? All are in \`/drift help\``,
  });
}

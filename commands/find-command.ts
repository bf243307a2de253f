import { DriftbellError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';
import type { Command } from './command.ts';

/** The command of that name, in any case. Throws `usage.invalid` with the nearest name. */
export function findCommand(table: readonly Command[], name: string): Command {
  const command = table.find((candidate) => candidate.name === name.toLowerCase());
  if (command !== undefined) return command;
  const names = table.map((candidate) => candidate.name);
  const close = nearest(name, names);
  throw new DriftbellError('usage.invalid', {
    expected: `one of ${names.join(', ')}`,
    received: JSON.stringify(name.slice(0, 40)),
    remedy: close === undefined ? 'see `/drift help`' : `did you mean \`/drift ${close}\``,
  });
}

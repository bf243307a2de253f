import { parseArgs } from 'node:util';
import { DriftbellError, describeThrown } from '../../../src/domain/errors.ts';

/** `known`: each option with its default; undefined: it must be given. */
export function readArguments<Name extends string>(
  args: readonly string[],
  known: Readonly<Record<Name, string | undefined>>,
): Readonly<Record<Name, string>> {
  const names = Object.keys(known) as Name[];
  let given: Readonly<Record<string, string | boolean | undefined>>;
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    given = parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw wrongUse(`the options ${names.map((name) => `--${name}`).join(', ')}`, describeThrown(cause));
  }
  const read = names.map((name) => {
    const value = given[name] ?? known[name];
    if (typeof value !== 'string' || value === '') throw wrongUse(`--${name} with a value`, 'none');
    return [name, value] as const;
  });
  return Object.fromEntries(read) as Record<Name, string>;
}

export function readCount(name: string, text: string): number {
  const count = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(count) && count >= 0) return count;
  throw wrongUse(`--${name} as a whole number`, JSON.stringify(text));
}

function wrongUse(expected: string, received: string): DriftbellError {
  return new DriftbellError('usage.invalid', { expected, received, remedy: 'see docs/evidence.md for the command' });
}

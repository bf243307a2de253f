import type { CommanderError } from 'commander';
import { DriftbellError, type ErrorFacts } from '../domain/errors.ts';

/** What the parser of options complains about, in the form of our errors. */
export function usageFailure(
  error: CommanderError,
  verb: string | undefined,
  verbs: readonly string[],
): DriftbellError {
  const program = verb === undefined ? 'driftbell' : `driftbell ${verb}`;
  const near = /\(Did you mean (.+)\?\)/s.exec(error.message)?.[1];
  const help = `see \`${program} --help\``;
  const remedy = near === undefined ? help : `did you mean ${near}; ${help}`;
  return new DriftbellError('usage.invalid', { ...wordsOf(error, program, verbs), remedy, cause: error });
}

function wordsOf(
  { code, message }: CommanderError,
  program: string,
  verbs: readonly string[],
): Pick<ErrorFacts, 'expected' | 'received'> {
  const named = /'([^']*)'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return { expected: `one of ${verbs.join(', ')}`, received: JSON.stringify(named) };
    case 'commander.unknownOption':
      return { expected: `an option of \`${program}\``, received: JSON.stringify(named) };
    case 'commander.missingMandatoryOptionValue':
      return { expected: named, received: 'a command without it' };
    case 'commander.missingArgument':
      return { expected: `<${named}> after \`${program}\``, received: 'a command without it' };
    case 'commander.optionMissingArgument':
      return { expected: `a value in ${named}`, received: 'none' };
    case 'commander.excessArguments':
      return { expected: `only options after \`${program}\``, received: `${surplus(message)} without an option` };
    default:
      return { expected: `a command that \`${program}\` understands`, received: message.replace(/^error: /, '') };
  }
}

function surplus(message: string): string {
  const count = Number(/but got (\d+)/.exec(message)?.[1] ?? 1);
  return count === 1 ? 'a word' : `${count} words`;
}

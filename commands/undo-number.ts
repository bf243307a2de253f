import { DriftbellError } from '../src/domain/errors.ts';
import type { Arguments } from './arguments.ts';
import { requireWord } from './find-model.ts';

/** The number after `undo`, as in `<command> <model> undo 3`; undefined where only the list is asked for. */
export function parseUndo(args: Arguments, usage: string): number | undefined {
  if (args.words.length < 2) return undefined;
  const number = Number(requireWord(args, 2, 'number', usage).replace(/^#/, ''));
  if (args.words[1] === 'undo' && Number.isSafeInteger(number) && number > 0) return number;
  throw new DriftbellError('usage.invalid', {
    expected: `\`/drift ${usage}\``,
    received: args.words.slice(1).join(' ').slice(0, 40),
    remedy: 'write undo and the number that the list shows',
  });
}

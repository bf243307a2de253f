import { DriftbellError } from '../src/domain/errors.ts';
import type { Arguments } from './arguments.ts';
import { refuseExtras, requireWord } from './find-model.ts';

export interface ListOrUndo<Id extends number> {
  readonly slug: string;
  readonly undo?: Id;
}

/** What is typed after a command that lists things of a model and takes one back: `<model>`, or `<model> undo 3`. */
export function parseListOrUndo<Id extends number>(args: Arguments, usage: string): ListOrUndo<Id> {
  refuseExtras(args, 3, [], usage);
  const slug = requireWord(args, 0, 'model', usage);
  const number = numberAfterUndo(args, usage);
  return number === undefined ? { slug } : { slug, undo: number as Id };
}

function numberAfterUndo(args: Arguments, usage: string): number | undefined {
  if (args.words.length < 2) return undefined;
  const number = Number(requireWord(args, 2, 'number', usage).replace(/^#/, ''));
  if (args.words[1] === 'undo' && Number.isSafeInteger(number) && number > 0) return number;
  throw new DriftbellError('usage.invalid', {
    expected: `\`/drift ${usage}\``,
    received: args.words.slice(1).join(' ').slice(0, 40),
    remedy: 'write undo and the number that the list shows',
  });
}

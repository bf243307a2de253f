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
  const [, verb] = args.words;
  if (verb === undefined) return undefined;
  const number = verb === 'undo' ? Number(requireWord(args, 2, 'number', usage).replace(/^#/, '')) : Number.NaN;
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new DriftbellError('usage.invalid', {
    expected: `\`/drift ${usage}\``,
    received: JSON.stringify(args.words.slice(1).join(' ').slice(0, 40)),
    remedy: 'write undo and the number that the list shows',
  });
}

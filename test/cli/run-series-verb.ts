import { Command } from 'commander';
import { registerDetect } from '../../src/cli/detect.ts';
import { registerEvaluate } from '../../src/cli/evaluate.ts';
import { registerGenerate } from '../../src/cli/generate.ts';
import type { SeriesVerbDeps } from '../../src/cli/series-options.ts';
import { registerTrain } from '../../src/cli/train.ts';
import { fakeClock } from '../builders/stores.ts';

export interface VerbRun {
  readonly output: string;
  readonly errors: string;
  /** Steps that were told, as `step done/total`. */
  readonly progress: readonly string[];
}

/** Runs a verb over series files as the command line does, without a process of its own. */
export async function runSeriesVerb(...args: readonly string[]): Promise<VerbRun> {
  return runStoppable(new AbortController().signal, ...args);
}

export async function runStoppable(signal: AbortSignal, ...args: readonly string[]): Promise<VerbRun> {
  let output = '';
  let errors = '';
  const progress: string[] = [];
  const deps: SeriesVerbDeps = {
    terminal: {
      write: (text) => {
        output += text;
      },
      writeError: (text) => {
        errors += text;
      },
      progress: (done, total, step) => {
        progress.push(`${step} ${done}/${total}`);
      },
    },
    signal,
    clock: fakeClock(Date.UTC(2027, 0, 1)),
    readConfig: () => ({}) as ReturnType<SeriesVerbDeps['readConfig']>,
  };
  const program = new Command('driftbell').exitOverride().configureOutput({ writeErr: () => {} });
  for (const register of [registerDetect, registerTrain, registerEvaluate, registerGenerate]) register(program, deps);
  await program.parseAsync([...args], { from: 'user' });
  return { output, errors, progress };
}

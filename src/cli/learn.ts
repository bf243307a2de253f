import type { Command } from 'commander';
import { counted } from '../domain/counted.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { LearningReport } from '../domain/learned-version.ts';
import { dryReceiptWords, formatFigure, type LearnOutcome, receiptWords } from '../feedback/index.ts';
import { learnNow } from '../jobs/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';
import { textTable } from './text-table.ts';

interface LearnArguments {
  readonly now?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export function registerLearn(program: Command, deps: CliDeps): void {
  program
    .command('learn')
    .description(
      'learn from votes what the bot learns at night: train, hold against what is in force, promote if better',
    )
    .option('--now', 'do it now; without it, or --dry-run, nothing is done')
    .option('--dry-run', 'train and compare, but keep and tell nothing')
    .option('--json', 'print one JSON object')
    .action((options: LearnArguments) => run(deps, options));
}

async function run(deps: CliDeps, options: LearnArguments): Promise<void> {
  if (options.now !== true && options.dryRun !== true) {
    throw new DriftbellError('usage.invalid', {
      expected: '--now or --dry-run',
      received: 'neither',
      remedy: 'add --dry-run to see what would be learned, or --now to learn it',
    });
  }
  const core = await openKnownCore(deps);
  try {
    const outcome =
      options.dryRun === true
        ? await core.learning.learn({ isDryRun: true, signal: deps.signal })
        : await learnNow(core, deps.signal);
    if (outcome === undefined) throw underWay();
    const lines = options.json === true ? [JSON.stringify(outcome)] : readable(outcome, options.dryRun === true);
    for (const line of lines) deps.terminal.write(`${line}\n`);
  } finally {
    await core.close();
  }
}

function readable(outcome: LearnOutcome, isDryRun: boolean): readonly string[] {
  const { lifted, expected } = outcome;
  const tended = [
    ...(lifted === 0 ? [] : [`${counted(lifted, 'mark')} of votes lifted: more weight speaks against them.`]),
    ...(expected === 0
      ? []
      : [`${counted(expected, 'finding')} that nobody voted on stay quiet if they come again within the month.`]),
  ];
  if (outcome.step === 'nothing') return [...tended, `Nothing is learned: ${outcome.reason}.`];
  const { number, report, step } = outcome;
  const verdict =
    step === 'promoted'
      ? (isDryRun ? dryReceiptWords : receiptWords)(number, report)
      : `Version ${number} is ${isDryRun ? 'not good enough' : 'kept and not put in force'}: ${report.reasons.join('; ')}.`;
  return [...tended, ...figures(report), verdict, ...(isDryRun ? ['Nothing was kept: this was a dry run.'] : [])];
}

function figures({ votes, base, gain, windows, incidents, effectiveLabels, voters, models }: LearningReport): string[] {
  const row = (name: string, { before, after }: LearningReport['votes']) => [
    name,
    ...(['precision', 'recall', 'logLoss'] as const).map(
      (figure) => `${formatFigure(before[figure])} -> ${formatFigure(after[figure])}`,
    ),
  ];
  return [
    `${counted(windows, 'labelled window')} of ${counted(incidents, 'incident')} (${effectiveLabels.toFixed(1)} labels in effect) by ${counted(voters, 'person', 'people')} on ${models.join(', ')}.`,
    ...textTable(['on', 'precision', 'recall', 'log loss'], [row('votes', votes), row('base set', base)]),
    `The log loss on votes falls by ${gain.low.toFixed(3)} to ${gain.high.toFixed(3)} (nine of ten bootstrap draws).`,
  ];
}

function underWay(): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'one learning at a time',
    received: 'a second one',
    remedy: 'wait for the first to end; if it was killed, for two minutes',
  });
}

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { counted } from '../domain/counted.ts';
import { DriftbellError } from '../domain/errors.ts';
import { describeFileTrouble } from '../domain/file-trouble.ts';
import { COMMAND_LINE } from '../domain/identifiers.ts';
import type { Label } from '../domain/label.ts';
import { bringLabels, collectLabels, labelLine, type PlacedLabel, parseLabelLines } from '../feedback/index.ts';
import type { Core } from '../main.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';
import { unknownModel } from './unknown-model.ts';

export function registerLabels(program: Command, deps: CliDeps): void {
  const labels = program.command('labels').description('the agreed truth that votes make, as lines of JSON');
  labels
    .command('export')
    .description('print one label per line: window, verdict, weight, who agreed, and what stage 2 saw')
    .option('--model <slug>', 'of one model only')
    .action(({ model }: { readonly model?: string }) => withCore(deps, (core) => exportLabels(deps, core, model)));
  labels
    .command('import <file>')
    .description('take such lines over; beside what the same people said here of the same windows they do not count')
    .action((file: string) => withCore(deps, (core) => importLabels(deps, core, file)));
}

async function withCore(deps: CliDeps, work: (core: Core) => Promise<void> | void): Promise<void> {
  const core = await openKnownCore(deps);
  try {
    await work(core);
  } finally {
    await core.close();
  }
}

function exportLabels({ terminal }: CliDeps, { stores }: Core, model: string | undefined): void {
  if (model !== undefined && stores.models.bySlug(model) === undefined) throw unknownModel(model);
  const labels = collectLabels(stores);
  const asked = labels.filter((label) => model === undefined || label.model === model);
  for (const label of asked) terminal.write(`${labelLine(label)}\n`);
  if (asked.length === 0) terminal.writeError(`${noLabels(labels, model)}\n`);
}

function noLabels(labels: readonly Label[], model: string | undefined): string {
  const others = [...new Set(labels.map((label) => label.model))].toSorted();
  return others.length === 0
    ? 'There are no labels yet: votes on reports, `/drift label` and `driftbell labels import` make them.'
    : `There are no labels of ${model}; there are some of ${others.join(', ')}.`;
}

async function importLabels({ terminal }: CliDeps, core: Core, file: string): Promise<void> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DriftbellError('file.unusable', {
      expected: `a file of labels at ${file}`,
      received: describeFileTrouble(cause),
      remedy: 'name the output of "driftbell labels export"',
      cause,
    });
  });
  const labels = parseLabelLines(content, file);
  const modelOf = (slug: string) => {
    const model = core.stores.models.bySlug(slug);
    if (model === undefined) throw unknownModel(slug);
    return model;
  };
  const brought = bringLabels(core, { labels, modelOf, file, by: COMMAND_LINE });
  terminal.write(`${broughtWords(labels, brought)}.\n`);
}

function broughtWords(labels: readonly PlacedLabel[], brought: readonly PlacedLabel[]): string {
  const here = labels.length - brought.length;
  const areHere = here === 1 ? 'is here already' : 'are here already';
  if (brought.length === 0) return `Nothing is new: ${counted(here, 'label')} ${areHere}`;
  const models = new Set(brought.map(({ label }) => label.model)).size;
  const taken = `${counted(brought.length, 'new label')} of ${counted(models, 'model')} taken over`;
  return here === 0 ? taken : `${taken}; ${here} ${areHere}`;
}

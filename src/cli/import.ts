import type { Command } from 'commander';
import { COMMAND_LINE } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { fillHistory } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import { timeRemarks } from '../messages/time-remarks.ts';
import {
  type Applied,
  type Declared,
  type Difference,
  differencesOf,
  type FileChange,
  fileChanges,
  parseModelsFile,
  writtenValue,
} from '../registry/index.ts';
import type { CliDeps } from './deps.ts';
import { openCore, withCopiedCore } from './open-core.ts';
import { readInput } from './read-input.ts';

interface ImportOptions {
  readonly dryRun?: true;
  readonly history: boolean;
  readonly json?: true;
}

export function registerImport(program: Command, deps: CliDeps): void {
  program
    .command('import')
    .description('register and edit the models that a YAML file declares: all of them, or none')
    .argument('<file>', 'the file; `driftbell export` prints one')
    .option('--dry-run', 'change nothing; show what would change')
    .option('--no-history', 'leave the statistics of the past to the next `backfill`')
    .option('--json', 'one JSON object per declared model')
    .action((file: string, options: ImportOptions) => importModels(deps, file, options));
}

async function importModels(deps: CliDeps, file: string, options: ImportOptions): Promise<void> {
  const declared = parseModelsFile(await readInput(file), file);
  const work = (core: Core) => importInto(core, deps, declared, options);
  if (options.dryRun === true) return await withCopiedCore(deps, work, { isFirst: true });
  const core = await openCore(deps);
  try {
    await work(core);
  } finally {
    await core.close();
  }
}

async function importInto(
  core: Core,
  deps: CliDeps,
  declared: readonly Declared[],
  options: ImportOptions,
): Promise<void> {
  const { terminal } = deps;
  const told = toldOf(declared, core.stores.models.list());
  const looked = options.dryRun === true ? await core.rehearse(declared, COMMAND_LINE, deps.signal) : [];
  const applied = options.dryRun === true ? [] : await applyAll(deps, core, declared, options);
  const lines =
    options.json === true
      ? told.map((one) => JSON.stringify(one))
      : [...readable(told), summary(told, options.dryRun === true)];
  for (const line of lines) terminal.write(`${line}\n`);
  const seen = [...looked, ...applied.flatMap(({ model, range }) => (range ? [{ settings: model, range }] : []))];
  for (const { settings, range } of seen)
    for (const remark of timeRemarks(settings, range)) terminal.writeError(`${settings.slug}: ${remark}\n`);
}

async function applyAll(
  { terminal, signal }: CliDeps,
  core: Core,
  declared: readonly Declared[],
  { history }: ImportOptions,
): Promise<readonly Applied[]> {
  const applied = await core.apply(declared, COMMAND_LINE, signal);
  for (const { model, range } of applied) {
    if (range === undefined || !history) continue;
    await fillHistory(core.checks, model, range, { signal, progress: terminal.progress });
  }
  return applied;
}

/** What becomes of a declared model, in the keys of the file. */
interface Told {
  readonly slug: string;
  readonly kind: Difference['kind'];
  readonly changes: readonly FileChange[];
}

function toldOf(declared: readonly Declared[], registered: readonly Model[]): readonly Told[] {
  return differencesOf(declared, registered).map(({ slug, kind }, place) => {
    const [model, after] = [registered.find((one) => one.slug === slug), declared[place]];
    if (model === undefined || after === undefined) return { slug, kind, changes: [] };
    return { slug, kind, changes: fileChanges({ settings: model, filters: model.filters ?? {} }, after) };
  });
}

function readable(told: readonly Told[]): string[] {
  return told.flatMap(({ slug, kind, changes }) => [
    `${slug}: ${kind}`,
    ...changes.map(({ key, before, after }) => `  ${key}: ${written(before)} -> ${written(after)}`),
  ]);
}

function written(value: unknown): string {
  return value === null ? 'none' : writtenValue(value);
}

function summary(told: readonly Told[], isDry: boolean): string {
  const count = (kind: Difference['kind']) => told.filter((one) => one.kind === kind).length;
  const counts = `${count('new')} new, ${count('changed')} changed, ${count('same')} the same`;
  return isDry ? `${counts}. Nothing was changed: this was a dry run.` : `${counts}.`;
}

import type { Command } from 'commander';
import { generateCorpus, referenceCorpus, type SyntheticSeries } from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import { createSeededRandom } from '../platform/random.ts';
import { replaceFolder } from './replace-folder.ts';
import { parseWhole, type SeriesVerbDeps } from './series-options.ts';
import { SYNTHETIC_START_MS } from './synthetic-grid.ts';

interface GenerateArguments {
  readonly benchmark: string;
  readonly seed: string;
  readonly output: string;
  readonly perKind?: string;
  readonly days?: string;
  readonly force?: boolean;
}

const DAY_MS = 86_400_000;
const DEFAULT_SEED = 1;

export function registerGenerate(program: Command, deps: SeriesVerbDeps): void {
  program
    .command('generate')
    .description('Write a labelled synthetic benchmark, one CSV file per series')
    .option('--benchmark <name>', 'which one: alertiger', 'alertiger')
    .option('--seed <number>', 'seed of all draws', String(DEFAULT_SEED))
    .requiredOption('--output <folder>', 'a new or empty folder')
    .option('--per-kind <number>', `series of each shape (default: ${referenceCorpus.seriesPerKind})`)
    .option('--days <number>', `length of a series (default: ${referenceCorpus.windows})`)
    .option('--force', 'replace an earlier benchmark in the folder')
    .action((options: GenerateArguments) => generate(deps, options));
}

async function generate(deps: SeriesVerbDeps, options: GenerateArguments): Promise<void> {
  if (options.benchmark !== 'alertiger') {
    throw new DriftbellError('usage.invalid', {
      expected: '--benchmark alertiger',
      received: JSON.stringify(options.benchmark),
      remedy: 'name the one benchmark there is',
    });
  }
  const seed = parseWhole('--seed', options.seed, 0);
  const corpus = {
    ...referenceCorpus,
    ...(options.perKind === undefined ? {} : { seriesPerKind: parseWhole('--per-kind', options.perKind, 1) }),
    ...(options.days === undefined ? {} : { windows: parseWhole('--days', options.days, 1) }),
  };
  const series = generateCorpus(corpus, createSeededRandom(seed));
  const files = new Map(series.map((one) => [`${one.name}.csv`, csvOf(one)]));
  const index = { benchmark: options.benchmark, seed, start: dayOf(0), corpus, series: series.map(describe) };
  await replaceFolder(options.output, files, { index, isForced: options.force === true });
  const labelled = series.filter((one) => one.anomalies.length > 0).length;
  deps.terminal.write(`${series.length} series, ${labelled} with an anomaly, in ${options.output}\n`);
}

function csvOf({ values, labels }: SyntheticSeries): string {
  const rows = Array.from(values, (value, day) => `${dayOf(day)},${value},${labels[day] ?? 0}`);
  return `time,value,anomaly\n${rows.join('\n')}\n`;
}

function describe({ name, kind, anomalies }: SyntheticSeries) {
  return {
    file: `${name}.csv`,
    kind,
    anomalies: anomalies.map(({ shape, start, duration, level }) => {
      return { shape, from: dayOf(start), to: dayOf(start + duration - 1), level };
    }),
  };
}

function dayOf(day: number): string {
  return new Date(SYNTHETIC_START_MS + day * DAY_MS).toISOString().slice(0, 10);
}

import type { Command } from 'commander';
import { generateCorpus, type SyntheticSeries } from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import { createSeededRandom } from '../platform/random.ts';
import { addCorpusOptions, type CorpusArguments, chooseCorpus } from './generate-options.ts';
import { replaceFolder } from './replace-folder.ts';
import { parseWhole, type SeriesVerbDeps } from './series-options.ts';

interface GenerateArguments extends CorpusArguments {
  readonly benchmark: string;
  readonly seed: string;
  readonly output: string;
  readonly force?: boolean;
}

const DAY_MS = 86_400_000;
const DATE_LENGTH = 10;
const DEFAULT_SEED = 1;

/** The date of a day of the series, counted from 0. */
type DayOf = (day: number) => string;

export function registerGenerate(program: Command, deps: SeriesVerbDeps): void {
  const command = program
    .command('generate')
    .description('Write a labelled synthetic benchmark, one CSV file per series')
    .option('--benchmark <name>', 'which one: alertiger', 'alertiger')
    .option('--seed <number>', 'seed of all draws', String(DEFAULT_SEED))
    .requiredOption('--output <folder>', 'a new or empty folder')
    .option('--force', 'replace an earlier benchmark in the folder');
  addCorpusOptions(command).action((options: GenerateArguments) => generate(deps, options));
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
  const { corpus, startMs } = chooseCorpus(options);
  const dayOf = (day: number): string => new Date(startMs + day * DAY_MS).toISOString().slice(0, DATE_LENGTH);
  const series = generateCorpus(corpus, createSeededRandom(seed));
  const files = new Map(series.map((one) => [`${one.name}.csv`, csvOf(one, dayOf)]));
  const index = {
    benchmark: options.benchmark,
    seed,
    start: dayOf(0),
    corpus,
    series: series.map((one) => describe(one, dayOf)),
  };
  await replaceFolder(options.output, files, { index, isForced: options.force === true });
  const labelled = series.filter((one) => one.anomalies.length > 0).length;
  deps.terminal.write(`${series.length} series, ${labelled} with an anomaly, in ${options.output}\n`);
}

function csvOf({ values, labels }: SyntheticSeries, dayOf: DayOf): string {
  const rows = Array.from(values, (value, day) => `${dayOf(day)},${value},${labels[day] ?? 0}`);
  return `time,value,anomaly\n${rows.join('\n')}\n`;
}

function describe({ name, kind, anomalies }: SyntheticSeries, dayOf: DayOf) {
  return {
    file: `${name}.csv`,
    kind,
    anomalies: anomalies.map(({ shape, start, duration, level }) => {
      return { shape, from: dayOf(start), to: dayOf(start + duration - 1), level };
    }),
  };
}

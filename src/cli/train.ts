import type { Command } from 'commander';
import {
  type DetectorSettings,
  detectorSettings,
  driftbellCorpus,
  driftbellSettings,
  generateCorpus,
  historyStride,
  type LabelledGrid,
  shortTermSettings,
  trainingCorpus,
} from '../detection/index.ts';
import { counted } from '../domain/counted.ts';
import { detectorConfigurations } from '../domain/detector.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { Granularity } from '../domain/model.ts';
import { createSeededRandom } from '../platform/random.ts';
import type { Random } from '../ports/random.ts';
import {
  type ManifestFile,
  saveDetector,
  type TrainedDetector,
  trainDetector,
  trainDriftbell,
} from '../tensorflow/index.ts';
import { withFolder } from './make-folder.ts';
import { measureDetector } from './measure-detector.ts';
import { SERIES_COLUMNS } from './series-errors.ts';
import { readSeries } from './series-files.ts';
import { gridOf } from './series-grid.ts';
import { parseGranularity, parseWhole, type SeriesVerbDeps, writeRemarks } from './series-options.ts';
import { syntheticGrid } from './synthetic-grid.ts';
import { describeDriftbell, describeTraining } from './train-manifest.ts';

interface TrainArguments {
  readonly series?: readonly string[];
  readonly output: string;
  readonly config: string;
  readonly granularity: string;
  readonly epochs?: string;
  readonly seed: string;
}

const DEFAULT_SEED = 1;

export function registerTrain(program: Command, deps: SeriesVerbDeps): void {
  program
    .command('train')
    .description(
      'Train a detector on a synthetic corpus, on given series (driftbell: as canvases; paper, code: with labels)',
    )
    .option('--series <path...>', `CSV files or folders: ${SERIES_COLUMNS}`)
    .requiredOption('--output <folder>', 'where weights.bin and manifest.json are written')
    .option('--config <name>', `configuration: ${detectorConfigurations.join(', ')}`, 'driftbell')
    .option('--granularity <day|hour>', 'length of a window in the series', 'day')
    .option('--epochs <number>', 'passes over the corpus for each stage (default: the configuration decides)')
    .option('--seed <number>', 'seed of corpus, first weights and order', String(DEFAULT_SEED))
    .action((options: TrainArguments) => train(deps, options));
}

async function train(deps: SeriesVerbDeps, options: TrainArguments): Promise<void> {
  const seed = parseWhole('--seed', options.seed, 0);
  const granularity = parseGranularity(options.granularity);
  if (options.config === 'driftbell') return trainOwn(deps, options, { seed, granularity });
  const settings = settingsFor(options);
  const random = createSeededRandom(seed);
  const series = await loadSeries(deps, options, granularity, random);
  const manifest = await withFolder(options.output, () => {
    return trainPaper(deps, series, { options, settings, random, seed, granularity });
  });
  deps.terminal.write(`${summary(options.output, manifest)}\n`);
}

/** As the paper does: both stages of both pairs, on labels. */
async function trainPaper(
  deps: SeriesVerbDeps,
  series: readonly LabelledGrid[],
  of: {
    readonly options: TrainArguments;
    readonly settings: DetectorSettings;
    readonly random: Random;
    readonly seed: number;
    readonly granularity: Granularity;
  },
): Promise<ManifestFile> {
  const { options, settings, random, seed, granularity } = of;
  const trained = await trainDetector(series, {
    settings,
    random,
    stride: historyStride(granularity),
    progress: deps.terminal.progress,
    signal: deps.signal,
  });
  const shortTerm = await trainShortTerm(deps, series, settings, { seed, granularity });
  const quality = await measureDetector(trained, seed, deps.signal);
  const shortTermQuality = shortTerm && (await measureDetector(shortTerm, seed, deps.signal));
  const manifest = await describeTraining(trained, {
    ...{ seed, quality, series: series.length, options },
    ...(shortTerm && shortTermQuality && { shortTerm: { trained: shortTerm, quality: shortTermQuality } }),
  });
  await saveDetector(options.output, trained.weights, manifest, shortTerm?.weights);
  return manifest;
}

/** Our own configuration: synthetic series, and given ones as canvases whose labels are not looked at. */
async function trainOwn(
  deps: SeriesVerbDeps,
  options: TrainArguments,
  { seed, granularity }: { readonly seed: number; readonly granularity: Granularity },
): Promise<void> {
  const { epochs } = options;
  const canvases = options.series === undefined ? [] : await readGrids(deps, options.series, granularity);
  const settings = {
    ...driftbellSettings,
    ...(epochs !== undefined && { epochs: parseWhole('--epochs', epochs, 1) }),
  };
  const manifest = await withFolder(options.output, async () => {
    const trained = await trainDriftbell({
      settings,
      corpus: driftbellCorpus,
      canvases: canvases.map(({ values }) => values),
      random: createSeededRandom(seed),
      progress: deps.terminal.progress,
      signal: deps.signal,
    });
    const quality = await measureDetector(trained, seed, deps.signal);
    const described = await describeDriftbell(trained, { seed, quality, canvases: canvases.length, options });
    await saveDetector(options.output, trained.weights, described);
    return described;
  });
  deps.terminal.write(`${summary(options.output, manifest)}\n`);
}

/** From a random stream of its own, so that the first pair does not depend on whether there is a second. */
function trainShortTerm(
  deps: SeriesVerbDeps,
  series: readonly LabelledGrid[],
  { configuration, epochs }: DetectorSettings,
  { seed, granularity }: { readonly seed: number; readonly granularity: Granularity },
): Promise<TrainedDetector> | undefined {
  const short = shortTermSettings[configuration];
  if (short === undefined) return undefined;
  return trainDetector(series, {
    settings: { ...short, epochs },
    random: createSeededRandom(seed),
    stride: historyStride(granularity),
    progress: (done, total, step) => deps.terminal.progress(done, total, `${step}, short history`),
    signal: deps.signal,
  });
}

function settingsFor(options: TrainArguments): DetectorSettings {
  const known = detectorConfigurations.find((name) => name === options.config);
  if (known === 'driftbell' || known === undefined) {
    throw new DriftbellError('usage.invalid', {
      expected: `--config ${detectorConfigurations.join(', ')}`,
      received: JSON.stringify(options.config),
      remedy: 'name one of them',
    });
  }
  const settings = detectorSettings[known];
  return options.epochs === undefined ? settings : { ...settings, epochs: parseWhole('--epochs', options.epochs, 1) };
}

async function loadSeries(
  deps: SeriesVerbDeps,
  options: TrainArguments,
  granularity: Granularity,
  random: Random,
): Promise<readonly LabelledGrid[]> {
  if (options.series === undefined) {
    return trainingCorpus.flatMap((part) => generateCorpus(part, random)).map(syntheticGrid);
  }
  return readGrids(deps, options.series, granularity);
}

async function readGrids(
  deps: SeriesVerbDeps,
  paths: readonly string[],
  granularity: Granularity,
): Promise<readonly LabelledGrid[]> {
  const files = await readSeries(paths, granularity);
  writeRemarks(deps, files);
  return files.map((file) => gridOf(file, granularity));
}

function summary(folder: string, manifest: ManifestFile): string {
  const { rows, losses, quality, shortTerm } = manifest;
  const figuresOf = (qualities: ManifestFile['quality']) =>
    qualities.map(({ on, precision, recall, f1 }) => {
      return `  ${on}: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}`;
    });
  return [
    `Trained "${manifest.configuration}" on ${counted(rows.all, 'window')} (${rows.anomalous} anomalous): ${folder}`,
    `  loss of the last pass: ${lossesOf(losses)}`,
    ...figuresOf(quality),
    ...(shortTerm === undefined
      ? []
      : [`The pair for short histories, every window by the ${shortTerm.historyWindows} before it:`]),
    ...figuresOf(shortTerm?.quality ?? []),
  ].join('\n');
}

function lossesOf({ forecast, classifier }: ManifestFile['losses']): string {
  const parts = [`forecast ${forecast.last.toFixed(4)}`];
  return [...parts, ...(classifier ? [`classifier ${classifier.last.toFixed(4)}`] : [])].join(', ');
}

function percent(figure: number | null): string {
  return figure === null ? 'unknown' : `${(100 * figure).toFixed(1)} %`;
}

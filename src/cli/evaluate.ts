import type { Command } from 'commander';
import {
  type EvaluationOptions,
  evaluateDetector,
  evaluateZScore,
  historyStride,
  judgeSeries,
  type QualityFigures,
  randomVusPr,
  settingsOf,
  VUS_BUFFER_WINDOWS,
} from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { Granularity } from '../domain/model.ts';
import { createSeededRandom } from '../platform/random.ts';
import { createDetector } from '../tensorflow/index.ts';
import { parseFilters } from './detect.ts';
import { detectorVariant } from './detector-variant.ts';
import { judgeableGrids } from './judged-grids.ts';
import { SERIES_COLUMNS } from './series-errors.ts';
import { readSeries, WINDOW_MS } from './series-files.ts';
import { findingsOf } from './series-findings.ts';
import { HOLIDAYS_OPTION, holidaysOfFiles } from './series-holidays.ts';
import { detectorFolder, parseGranularity, type SeriesVerbDeps, writeRemarks } from './series-options.ts';
import { shortNumber, textTable } from './text-table.ts';
import {
  describeTransfer,
  parseBudget,
  requireOtherSeries,
  setOfFiles,
  type TransferOptions,
  transferThreshold,
} from './transferred-threshold.ts';

interface EvaluateArguments {
  readonly series: readonly string[];
  readonly granularity: string;
  readonly detector?: string;
  readonly filters: string;
  readonly thresholdFrom?: readonly string[];
  readonly budget?: string;
  readonly holidays?: string;
  readonly json?: boolean;
}

/** The random line of VUS-PR is drawn with this seed, so that the same input gives the same figures. */
const RANDOM_LINE_SEED = 1;

export function registerEvaluate(program: Command, deps: SeriesVerbDeps): void {
  program
    .command('evaluate')
    .description('Measure a detector on labelled series, beside a plain z-score and a random line')
    .requiredOption('--series <path...>', `CSV files or folders: ${SERIES_COLUMNS}`)
    .option('--granularity <day|hour>', 'length of a window', 'day')
    .option('--detector <folder>', 'trained detector (default: DRIFTBELL_DETECTOR or the shipped one)')
    .option('--filters <on|off>', 'count findings instead of anomalies; the paper measures without filters', 'off')
    .option('--threshold-from <path...>', 'choose one threshold on these labelled series, and measure it on --series')
    .option('--budget <number>', 'false episodes per series and month that the choice allows (default: 1)')
    .option(...HOLIDAYS_OPTION)
    .option('--json', 'one JSON object')
    .action((options: EvaluateArguments) => evaluate(deps, options));
}

async function evaluate(deps: SeriesVerbDeps, options: EvaluateArguments): Promise<void> {
  const granularity = parseGranularity(options.granularity);
  const isFiltered = parseFilters(options.filters);
  const tuning = await readTuning(deps, options, granularity);
  const files = await readSeries(options.series, granularity);
  writeRemarks(deps, files);
  if (!files.some((file) => file.hasLabels)) throw unlabelled('--series', options.series);
  const detector = await createDetector(detectorFolder(deps, options.detector));
  try {
    const settings = settingsOf(detector.manifest.configuration);
    const stride = historyStride(granularity);
    const holidays = await holidaysOfFiles(files, options.holidays, detector);
    const grids = judgeableGrids(files, granularity, { holidays, detector });
    const judged = await judgeSeries(detector, grids, {
      stride,
      granularity,
      signal: deps.signal,
      progress: deps.terminal.progress,
    });
    const alerts = judged.map((one, index) => {
      const [file, grid] = [files[index], grids[index]];
      if (!isFiltered || file === undefined || grid === undefined) return one;
      return {
        ...one,
        anomalies: findingsOf(file, grid, one, { granularity, manifest: detector.manifest }),
      };
    });
    const how: EvaluationOptions = {
      settings,
      stride,
      windowsPerDay: WINDOW_MS.day / WINDOW_MS[granularity],
      vusBufferWindows: VUS_BUFFER_WINDOWS[granularity],
    };
    const answer = {
      detector: detector.manifest.name,
      configuration: detector.manifest.configuration,
      granularity,
      filters: isFiltered,
      series: files.length,
      ...describeFigures(evaluateDetector(grids, alerts, how)),
      randomVusPr: randomVusPr(grids, how, createSeededRandom(RANDOM_LINE_SEED)),
      baselines: { zScore: describeFigures(evaluateZScore(grids, how)) },
    };
    const transferred =
      tuning &&
      (await transferThreshold(detectorVariant(detector, { signal: deps.signal }), {
        ...tuning,
        to: setOfFiles('the series', files, granularity),
      }));
    const text =
      options.json === true
        ? [JSON.stringify({ ...answer, ...(transferred && { transferred }) })]
        : [...readable(answer), ...(transferred ? describeTransfer(transferred) : [])];
    for (const line of text) deps.terminal.write(`${line}\n`);
  } finally {
    await detector.close();
  }
}

const DEFAULT_BUDGET = '1';

/** The series that a threshold is chosen on, and what the choice may cost; undefined where none is asked for. */
async function readTuning(
  deps: SeriesVerbDeps,
  { series, thresholdFrom, budget, filters, holidays }: EvaluateArguments,
  granularity: Granularity,
): Promise<Pick<TransferOptions, 'from' | 'budget'> | undefined> {
  if (thresholdFrom === undefined) {
    if (budget !== undefined) throw idleOption('--budget without --threshold-from', 'add --threshold-from');
    return undefined;
  }
  if (filters === 'on') throw idleOption('--threshold-from with --filters on', 'leave the filters off');
  if (holidays !== undefined) throw idleOption('--threshold-from with --holidays', 'leave out --holidays');
  const allowed = parseBudget(budget ?? DEFAULT_BUDGET);
  requireOtherSeries(series, thresholdFrom);
  const files = await readSeries(thresholdFrom, granularity);
  writeRemarks(deps, files);
  if (!files.some((file) => file.hasLabels)) throw unlabelled('--threshold-from', thresholdFrom);
  return { from: setOfFiles(thresholdFrom.join(', '), files, granularity), budget: allowed };
}

function idleOption(received: string, remedy: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'a threshold to choose, in place of the rules and filters of the detector',
    received,
    remedy,
  });
}

function describeFigures({ interval, event, vusPr }: QualityFigures) {
  return { interval, event, vusPr };
}

function readable(answer: {
  readonly detector: string;
  readonly series: number;
  readonly randomVusPr: number | null;
  readonly interval: QualityFigures['interval'];
  readonly event: QualityFigures['event'];
  readonly vusPr: number | null;
  readonly baselines: { readonly zScore: QualityFigures };
}): string[] {
  const row = (name: string, figures: QualityFigures): string[] => [
    name,
    ...[
      figures.interval.precision,
      figures.interval.recall,
      figures.interval.f1,
      figures.event.precision,
      figures.event.recall,
      figures.event.f1,
      figures.event.falseEpisodesPerSeriesMonth,
      figures.event.delay.median,
      figures.vusPr,
    ].map(shortNumber),
  ];
  const header = ['', 'interval P', 'R', 'F1', 'event P', 'R', 'F1', 'false/month', 'delay', 'VUS-PR'];
  const random = ['random', '', '', '', '', '', '', '', '', shortNumber(answer.randomVusPr)];
  return [
    ...textTable(header, [row(answer.detector, answer), row('z-score', answer.baselines.zScore), random]),
    `${answer.series} series; intervals are counted as in the paper, events with two windows of grace;`,
    'false/month: false episodes per series and 30 days; delay: median, in windows',
  ];
}

function unlabelled(option: string, paths: readonly string[]): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `series with a column anomaly of 0 and 1 in ${option}`,
    received: `none in ${paths.join(', ')}`,
    remedy: 'add the column, or use "driftbell detect" for series without labels',
  });
}

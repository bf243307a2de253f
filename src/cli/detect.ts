import type { Command } from 'commander';
import { historyStride, type JudgedGrid, judgeSeries } from '../detection/index.ts';
import { counted } from '../domain/counted.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { HolidaySpan } from '../domain/holiday.ts';
import type { Granularity } from '../domain/model.ts';
import type { Detector } from '../ports/detector.ts';
import { createDetector } from '../tensorflow/index.ts';
import { judgeableGrids } from './judged-grids.ts';
import { SERIES_COLUMNS } from './series-errors.ts';
import { type FileSeries, readSeries } from './series-files.ts';
import { type FindingOptions, findingsOf } from './series-findings.ts';
import type { FileGrid } from './series-grid.ts';
import { HOLIDAYS_OPTION, holidayName, holidaysOfFiles } from './series-holidays.ts';
import { detectorFolder, parseGranularity, type SeriesVerbDeps, writeRemarks } from './series-options.ts';
import { shortNumber, textTable } from './text-table.ts';

interface DetectArguments {
  readonly series: readonly string[];
  readonly granularity: string;
  readonly detector?: string;
  readonly filters: string;
  readonly holidays?: string;
  readonly json?: boolean;
}

/** One window of the answer; the names are a contract with scripts. */
export interface DetectionLine {
  readonly series: string;
  readonly time: string;
  readonly value: number | null;
  readonly baseline: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly score: number | null;
  /** Null where there is too little history. */
  readonly anomaly: boolean | null;
  readonly finding: boolean | null;
  /** What most series of the file did together there, in gaps between baseline and bound; absent: nothing to tell. */
  readonly commonMode?: number;
  /** Where a slow drift is told: the time of the window that it began with. */
  readonly slowDriftSince?: string;
  /** The public holiday that the window lies on; absent where there is none, or none were asked for. */
  readonly holiday?: string;
}

export function registerDetect(program: Command, deps: SeriesVerbDeps): void {
  program
    .command('detect')
    .description('Judge every window of series by the windows before it')
    .requiredOption('--series <path...>', `CSV files or folders: ${SERIES_COLUMNS}`)
    .option('--granularity <day|hour>', 'length of a window', 'day')
    .option('--detector <folder>', 'trained detector (default: DRIFTBELL_DETECTOR or the shipped one)')
    .option('--filters <on|off>', 'duration and severity filters decide what is a finding', 'on')
    .option(...HOLIDAYS_OPTION)
    .option('--json', 'one JSON object per window')
    .action((options: DetectArguments) => detect(deps, options));
}

async function detect(deps: SeriesVerbDeps, options: DetectArguments): Promise<void> {
  const granularity = parseGranularity(options.granularity);
  const isFiltered = parseFilters(options.filters);
  const files = await readSeries(options.series, granularity);
  writeRemarks(deps, files);
  const detector = await createDetector(detectorFolder(deps, options.detector));
  try {
    const { manifest } = detector;
    const holidays = await holidaysOfFiles(files, options.holidays, detector);
    const grids = judgeableGrids(files, granularity, { holidays, detector });
    const judged = await judgeSeries(detector, grids, {
      stride: historyStride(granularity),
      granularity,
      signal: deps.signal,
      progress: deps.terminal.progress,
    });
    const lines = files.flatMap((file, index) => {
      return linesOf(file, grids[index] as FileGrid, judged[index] as JudgedGrid, {
        granularity,
        isFiltered,
        manifest,
        holidays,
      });
    });
    if (lines.every((line) => line.anomaly === null))
      deps.terminal.writeError(`${nothingJudged(detector, granularity)}\n`);
    for (const line of options.json === true ? lines.map((one) => JSON.stringify(one)) : readable(lines)) {
      deps.terminal.write(`${line}\n`);
    }
  } finally {
    await detector.close();
  }
}

/** One line per row of the file; a finding is decided by its window and those before it only (see `findingsOf`). */
export function linesOf(
  file: FileSeries,
  grid: FileGrid,
  judged: JudgedGrid,
  options: FindingOptions & { readonly isFiltered: boolean; readonly holidays?: readonly HolidaySpan[] },
): readonly DetectionLine[] {
  const findings = options.isFiltered ? findingsOf(file, grid, judged, options) : judged.anomalies;
  const timeOfPlace = new Map(file.points.map(({ time }, index) => [grid.places[index] ?? 0, time]));
  const timeAt = (place: number): string | undefined => timeOfPlace.get(place);
  return file.points.map((point, index) => {
    const place = grid.places[index] ?? 0;
    const isJudged = Number.isFinite(judged.score[place]);
    const common = judged.toldModes?.[place] === 1 ? (judged.commonModes?.[place] ?? 0) : 0;
    const drift = timeAt(judged.slowDrifts?.[place] ?? -1);
    const holiday = holidayName(options.holidays ?? [], point.startMs);
    return {
      series: file.name,
      time: point.time,
      value: point.value,
      baseline: numberOrNull(judged.baseline[place]),
      lower: numberOrNull(judged.lower[place]),
      upper: numberOrNull(judged.upper[place]),
      score: numberOrNull(judged.score[place]),
      anomaly: isJudged ? judged.anomalies[place] === 1 : null,
      finding: isJudged ? findings[place] === 1 : null,
      ...(common !== 0 && { commonMode: common }),
      ...(drift !== undefined && { slowDriftSince: drift }),
      ...(holiday !== undefined && { holiday }),
    };
  });
}

export function parseFilters(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new DriftbellError('usage.invalid', {
    expected: '--filters on or off',
    received: JSON.stringify(text),
    remedy: 'write --filters off to see every anomaly',
  });
}

function nothingJudged({ manifest, shortTerm }: Detector, granularity: Granularity): string {
  const { judging } = manifest;
  if (judging !== undefined) {
    const rules = (granularity === 'hour' ? judging.hours : undefined) ?? judging;
    const windows = granularity === 'hour' && judging.hours === undefined ? 'days at the same hour' : `${granularity}s`;
    return `No window could be judged: each needs a value on at least ${rules.leastKnownWindows} of the ${windows} before the newest ${rules.omittedWindows}.`;
  }
  const least = shortTerm?.historyWindows ?? manifest.historyWindows;
  const unit = granularity === 'day' ? 'days' : 'days at the same hour';
  return `No window could be judged: each needs a value on all of the ${least} ${unit} before it.`;
}

const COLUMNS = ['series', 'time', 'value', 'baseline', 'lower', 'upper', 'score', 'verdict'];

function readable(lines: readonly DetectionLine[]): string[] {
  const rows = lines.map((line) => [
    line.series,
    line.time,
    ...[line.value, line.baseline, line.lower, line.upper, line.score].map(shortNumber),
    verdictOf(line),
  ]);
  const findings = lines.filter((line) => line.finding === true).length;
  const judged = lines.filter((line) => line.anomaly !== null).length;
  return [
    ...textTable(COLUMNS, rows),
    `${judged} of ${counted(lines.length, 'window')} judged, ${counted(findings, 'finding')}`,
  ];
}

function verdictOf(line: DetectionLine): string {
  if (line.anomaly === null) return 'too little history';
  if (line.slowDriftSince !== undefined) return `slow drift since ${line.slowDriftSince}`;
  const word = line.finding === true ? 'finding' : line.anomaly ? 'anomaly' : commonWord(line);
  return line.holiday === undefined ? word : `${word}${word === '' ? '' : ' '}on ${line.holiday}`;
}

/** Told of every series of the file, as one of them says no more than another. */
function commonWord({ commonMode = 0 }: DetectionLine): string {
  return commonMode === 0 ? '' : `most series ${commonMode > 0 ? 'rose' : 'fell'} together`;
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

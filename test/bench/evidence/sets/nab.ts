import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseCsv } from '../../../../src/cli/csv.ts';
import { type RawPoint, readColumns, readPoint } from '../../../../src/cli/series-columns.ts';
import { WINDOW_MS } from '../../../../src/cli/series-files.ts';
import { parseSeriesTime } from '../../../../src/cli/series-time.ts';
import type { EvaluationSeries, EvaluationSet } from '../../../../src/detection/index.ts';
import { invalidData, readJson } from './read-json.ts';
import { weekdayOf } from './weekday.ts';

const Windows = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/** Hours are the means of their values; an hour that a labelled window touches is labelled. Files are clusters. */
export async function loadNab(folder: string): Promise<EvaluationSet> {
  const windows = await readJson(join(folder, 'windows.json'), Windows);
  const series: EvaluationSeries[] = [];
  for (const [name, labelled] of Object.entries(windows)) {
    const path = join(folder, 'data', name);
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw invalidData(path, 'the series that windows.json names', 'no readable file', cause);
    });
    series.push(
      hourlyMeans(
        name,
        readPoints(text, path),
        labelled.map((pair) => pair.map((time) => timeOf(time, path))),
      ),
    );
  }
  return { name: 'nab', granularity: 'hour', series };
}

function readPoints(text: string, path: string): readonly RawPoint[] {
  const [header, ...records] = parseCsv(text, path);
  if (header === undefined || records.length === 0) throw invalidData(path, 'a header and values', 'neither');
  const columns = readColumns(header, path);
  return records.map((record) => readPoint(record, columns, path).point);
}

function hourlyMeans(
  name: string,
  points: readonly RawPoint[],
  labelled: readonly (readonly number[])[],
): EvaluationSeries {
  const hours = points.map((point) => Math.floor(point.at.instantMs / WINDOW_MS.hour));
  const first = hours.reduce((least, hour) => Math.min(least, hour), Number.POSITIVE_INFINITY);
  const last = hours.reduce((most, hour) => Math.max(most, hour), Number.NEGATIVE_INFINITY);
  const sums = new Float64Array(last - first + 1);
  const counts = new Float64Array(sums.length);
  points.forEach(({ value }, index) => {
    const at = (hours[index] ?? first) - first;
    if (value === null) return;
    sums[at] = (sums[at] ?? 0) + value;
    counts[at] = (counts[at] ?? 0) + 1;
  });
  const labels = new Uint8Array(sums.length);
  for (const [startMs = 0, endMs = 0] of labelled) {
    const from = Math.floor(startMs / WINDOW_MS.hour) - first;
    labels.fill(1, Math.max(0, from), Math.max(0, Math.floor(endMs / WINDOW_MS.hour) - first + 1));
  }
  return {
    unit: name,
    firstMs: first * WINDOW_MS.hour,
    values: sums.map((sum, at) => sum / (counts[at] ?? 0)),
    labels,
    daysOfWeek: Uint8Array.from(sums, (_, at) => weekdayOf((first + at) * WINDOW_MS.hour)),
    clusterAt: () => name,
  };
}

function timeOf(text: string, path: string): number {
  const time = parseSeriesTime(text);
  if (time === undefined) throw invalidData(path, 'times of labelled windows', JSON.stringify(text));
  return time.instantMs;
}

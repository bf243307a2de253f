import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsv } from '../../../../src/cli/csv.ts';
import type { EvaluationSet } from '../../../../src/detection/index.ts';
import { describeThrown } from '../../../../src/domain/errors.ts';
import { loadIncidentTable } from './incident-table.ts';
import { invalidData } from './read-json.ts';

/** The documented marker of a missing value in this data set. */
const MISSING = -200;
const TIME = 'measured_at';
/** Of the sensors, for public holidays. */
const PLACE = 'IT';

/**
 * Day and hour are two columns and -200 is no measurement: a copy with one time column and empty values is read, which
 * is what the owner of such a table would declare.
 */
export async function loadAirQuality(name: string, folder: string): Promise<EvaluationSet> {
  const path = join(folder, 'AirQuality.csv');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw invalidData(path, 'a readable file', describeThrown(cause), cause);
  });
  const temporary = await mkdtemp(join(tmpdir(), 'driftbell-air-quality-'));
  try {
    const location = join(temporary, 'air-quality.csv');
    await writeFile(location, withOneTime(text, path));
    const table = { source: { location }, timeColumn: TIME, declaredKinds: {}, defaults: {} };
    return await loadIncidentTable(name, folder, table, PLACE);
  } finally {
    await rm(temporary, { recursive: true });
  }
}

function withOneTime(text: string, path: string): string {
  const [header, ...records] = parseCsv(text, path);
  const [date, time, ...columns] = header?.fields ?? [];
  if (date !== 'Date' || time !== 'Time' || columns.length === 0) {
    throw invalidData(path, 'the columns Date, Time and sensors', JSON.stringify(header?.fields.join(',') ?? ''));
  }
  const rows = records.map(({ fields: [day = '', hour = '', ...values] }) => {
    return [`${day} ${hour}`, ...values.map((value) => (Number(value) === MISSING ? '' : value))];
  });
  return [[TIME, ...columns.map((column) => `"${column}"`)], ...rows].map((row) => row.join(',')).join('\n');
}

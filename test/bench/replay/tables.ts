import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Incident } from './score.ts';

/** A public table with known incidents: where it lies below the folder of data, and how it is described to `replay`. */
export interface IncidentTable {
  readonly name: string;
  readonly file: string;
  readonly options: readonly string[];
}

const SENSORS = [
  ...['CO(GT)', 'PT08.S1(CO)', 'NMHC(GT)', 'C6H6(GT)', 'PT08.S2(NMHC)', 'NOx(GT)', 'PT08.S3(NOx)', 'NO2(GT)'],
  ...['PT08.S4(NO2)', 'PT08.S5(O3)', 'T', 'RH', 'AH'],
];

export const incidentTables: readonly IncidentTable[] = [
  {
    name: 'metro-traffic',
    file: 'hourly_traffic_volume.csv',
    options: ['--time-column', 'date_time', '--holidays', 'US-MN'],
  },
  {
    name: 'air-quality',
    file: 'AirQuality.csv',
    // The documentation of the data says that -200 stands for a value that is not there.
    options: ['--time-column', 'Date/Time', ...SENSORS.flatMap((column) => ['--default', `${column}=-200`])],
  },
];

const IncidentFile = z.object({
  incidents: z.array(
    z.object({
      feature: z.string(),
      kind: z.string(),
      start: z.string(),
      end: z.string(),
      note: z.string().optional(),
    }),
  ),
});

/** Incidents of a table by day; those of its rows as a whole are of the column `*`. */
export async function readIncidents(folder: string): Promise<readonly Incident[]> {
  const { incidents } = IncidentFile.parse(JSON.parse(await readFile(join(folder, 'incidents.json'), 'utf8')));
  return incidents.map(({ feature, kind, start, end, note }) => ({
    column: feature === 'row_count' ? '*' : feature,
    kind,
    from: start.slice(0, 10),
    to: end.slice(0, 10),
    ...(note === undefined ? {} : { note }),
  }));
}

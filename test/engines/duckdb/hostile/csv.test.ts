import { join } from 'node:path';
import { it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { surviveAll, TIME_LIMIT } from './survive-all.ts';
import { writeCsv } from './write-csv.ts';

const folder = temporaryFolder();

it('survives CSV of any names and values', { timeout: TIME_LIMIT }, async () => {
  const location = join(folder, 'hostile.csv');
  await surviveAll(async (table) => {
    writeCsv(location, table);
    return { location };
  });
});

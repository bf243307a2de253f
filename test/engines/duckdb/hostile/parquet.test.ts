import { join } from 'node:path';
import { it } from 'vitest';
import { withConnection } from '../../../../src/engines/duckdb/connection.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { surviveAll, TIME_LIMIT } from './survive-all.ts';
import { writeParquet } from './write-parquet.ts';

const folder = temporaryFolder();

it('survives Parquet of any names and types', { timeout: TIME_LIMIT }, async () => {
  const location = join(folder, 'hostile.parquet');
  await withConnection({}, undefined, (query) =>
    surviveAll(async (table) => {
      await writeParquet(location, table, query);
      return { location };
    }),
  );
});

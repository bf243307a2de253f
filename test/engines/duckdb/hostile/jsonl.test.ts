import { join } from 'node:path';
import { it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { surviveAll, TIME_LIMIT } from './survive-all.ts';
import { writeJsonl } from './write-jsonl.ts';

const folder = temporaryFolder();

it('survives JSONL of any names and values', { timeout: TIME_LIMIT }, async () => {
  const location = join(folder, 'hostile.jsonl');
  await surviveAll(async (table) => {
    writeJsonl(location, table);
    return { location };
  });
});

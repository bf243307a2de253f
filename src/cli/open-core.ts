import type { Core } from '../main.ts';
import type { CliDeps } from './deps.ts';

/** The core that the environment describes. Loaded when a verb asks: it brings TensorFlow.js and DuckDB with it. */
export async function openCore({ clock, logger, readConfig }: CliDeps): Promise<Core> {
  const { databasePath, detectorFolder, memoryLimit, threads, retentionDays } = readConfig();
  const { createCore } = await import('../main.ts');
  return await createCore({
    ...{ databasePath, memoryLimit, threads, retentionDays, clock, logger },
    ...(detectorFolder === undefined ? {} : { detectorFolder }),
  });
}

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../main.ts';
import type { CliDeps } from './deps.ts';

/** The core that the environment describes. Loaded when a verb asks: it brings TensorFlow.js and DuckDB with it. */
export async function openCore(deps: CliDeps): Promise<Core> {
  return await openCoreAt(deps, deps.readConfig().databasePath);
}

/** The same for verbs that say or do nothing without models: where no database is, none is made. Throws `config.invalid`. */
export async function openKnownCore(deps: CliDeps): Promise<Core> {
  const { requireDatabaseFile } = await import('../db/index.ts');
  requireDatabaseFile(deps.readConfig().databasePath);
  return await openCore(deps);
}

/**
 * The same on a copy of the database that is gone afterwards: whatever the work writes, nobody sees. Where no database is:
 * throws `config.invalid`, or works on an empty one for what could be the first thing that is done.
 */
export async function withCopiedCore<T>(
  deps: CliDeps,
  work: (core: Core) => Promise<T>,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<T> {
  const { copyDatabase } = await import('../db/index.ts');
  const folder = await mkdtemp(join(tmpdir(), 'driftbell-dry-'));
  try {
    const path = join(folder, 'copy.sqlite');
    const { databasePath } = deps.readConfig();
    if (!isFirst || existsSync(databasePath)) await copyDatabase(databasePath, path);
    const core = await openCoreAt(deps, path);
    try {
      return await work(core);
    } finally {
      await core.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openCoreAt({ clock, logger, readConfig }: CliDeps, databasePath: string): Promise<Core> {
  const { detectorFolder, memoryLimit, threads, retentionDays } = readConfig();
  const { createCore } = await import('../main.ts');
  return await createCore({
    ...{ databasePath, memoryLimit, threads, retentionDays, clock, logger },
    ...(detectorFolder === undefined ? {} : { detectorFolder }),
  });
}

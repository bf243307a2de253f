import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import { migrate } from './migrate.ts';
import { storeFailure } from './sqlite-failure.ts';

export interface Client {
  readonly sqlite: Sqlite.Database;
  readonly orm: BetterSQLite3Database;
}

/** How long a write waits for another process, such as the command line beside the bot. */
const BUSY_TIMEOUT_MS = 5_000;

export const IN_MEMORY = ':memory:';

/** Opens, or makes, the database file and brings it to the newest schema. Throws `store.failed`. */
export function openClient(options: { readonly path: string; readonly migrationsFolder: string }): Client {
  const sqlite = openFile(options.path);
  try {
    // WAL with NORMAL: a power cut may lose the newest commits but never the file, and readers never wait.
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    const orm = drizzle(sqlite);
    migrate({ sqlite, orm }, options);
    sqlite.pragma('foreign_keys = ON');
    return { sqlite, orm };
  } catch (thrown) {
    sqlite.close();
    throw storeFailure(thrown, `open ${options.path}`);
  }
}

function openFile(path: string): Sqlite.Database {
  try {
    if (path !== IN_MEMORY) mkdirSync(dirname(path), { recursive: true });
    return new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
  } catch (cause) {
    throw new DriftbellError('store.failed', {
      expected: `a database file at ${path}`,
      received: describeThrown(cause),
      remedy: 'name a file in a folder that this user may write',
      cause,
    });
  }
}

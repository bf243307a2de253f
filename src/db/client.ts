import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { DriftbellError } from '../domain/errors.ts';
import { describeFileTrouble } from '../domain/file-trouble.ts';
import { migrate } from './migrate.ts';
import { isNoDatabase, storeFailure } from './sqlite-failure.ts';

export interface Client {
  readonly sqlite: Sqlite.Database;
  readonly orm: BetterSQLite3Database;
}

/** How long a write waits for another process, such as the command line beside the bot. */
const BUSY_TIMEOUT_MS = 5_000;

export const IN_MEMORY = ':memory:';

/** Opens, or makes, the database file and brings it to the newest schema. Throws `config.invalid`, `store.failed`. */
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
    throw isNoDatabase(thrown)
      ? unfit(options.path, 'a file that is no SQLite database', thrown)
      : storeFailure(thrown, `the opening of ${options.path}`);
  }
}

function openFile(path: string): Sqlite.Database {
  if (path !== IN_MEMORY) prepareFile(path);
  try {
    return new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
  } catch (cause) {
    throw unfit(path, describeFileTrouble(cause), cause);
  }
}

function prepareFile(path: string): void {
  let isFolder: boolean | undefined;
  try {
    makeFolder(dirname(resolve(path)));
    isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  } catch (cause) {
    throw unfit(path, `no folder to put it in (${describeFileTrouble(cause)})`, cause);
  }
  if (isFolder) throw unfit(path, 'a folder');
}

/** Level by level: where a file system takes no folders, such as /proc, Node's recursive way never ends. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (path !== dirname(path)) makeFolder(dirname(path));
  mkdirSync(path);
}

function unfit(path: string, received: string, cause?: unknown): DriftbellError {
  return new DriftbellError('config.invalid', {
    expected: `a database file at ${path}`,
    received,
    remedy: 'name a file in a folder that this user may write with DRIFTBELL_DATABASE',
    cause,
  });
}

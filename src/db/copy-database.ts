import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { DriftbellError } from '../domain/errors.ts';
import { isNoDatabase, storeFailure } from './sqlite-failure.ts';

/**
 * A whole copy of a database that others may be writing to; the original is only read, not even migrated. Throws
 * `config.invalid` where there is none.
 */
export async function copyDatabase(path: string, toPath: string): Promise<void> {
  requireDatabaseFile(path);
  try {
    const source = new Sqlite(path, { readonly: true, fileMustExist: true });
    try {
      await source.backup(toPath);
    } finally {
      source.close();
    }
  } catch (thrown) {
    throw isNoDatabase(thrown)
      ? noDatabase(path, 'a file that is no SQLite database')
      : storeFailure(thrown, `the reading of ${path}`);
  }
}

/** For what only reads: a mistyped path must not make an empty database. Throws `config.invalid`. */
export function requireDatabaseFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw noDatabase(path, 'no such file');
  if (!found.isFile()) throw noDatabase(path, 'no file, but a folder or a device');
}

function noDatabase(path: string, received: string): DriftbellError {
  return new DriftbellError('config.invalid', {
    expected: `a database file at ${path}`,
    received,
    remedy: 'name the bot’s file with DRIFTBELL_DATABASE, or start the bot, which makes it',
  });
}

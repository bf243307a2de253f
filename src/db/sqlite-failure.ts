import Sqlite from 'better-sqlite3';
import { DriftbellError, describeThrown, isDriftbellError } from '../domain/errors.ts';

/** First word of SQLite's extended code to what helps. The fallback is for our own mistakes, such as constraints. */
const remedies: readonly (readonly [prefix: string, remedy: string])[] = [
  ['SQLITE_FULL', 'free space on the disk of the database; nothing of this change was stored'],
  ['SQLITE_BUSY', 'stop the other process that is writing to the database, or try again when it is done'],
  ['SQLITE_LOCKED', 'stop the other process that is writing to the database, or try again when it is done'],
  ['SQLITE_READONLY', 'give this user the right to write the database file and its folder'],
  ['SQLITE_PERM', 'give this user the right to write the database file and its folder'],
  ['SQLITE_CANTOPEN', 'name a file in a folder that this user may write'],
  ['SQLITE_IOERR', 'check the disk of the database'],
  ['SQLITE_CORRUPT', 'restore the database from a backup'],
  ['SQLITE_NOTADB', 'name another file, or restore the database from a backup'],
];
const OUR_MISTAKE = 'report this as a bug of Driftbell with this line';

/** Errors of SQLite become `store.failed`; all others come back as they are. */
export function storeFailure(thrown: unknown, what: string): unknown {
  const error = sqliteErrorOf(thrown);
  if (error === undefined) return thrown;
  return new DriftbellError('store.failed', {
    expected: `the database to do ${what}`,
    received: `${error.code}: ${describeThrown(error)}`,
    remedy: remedies.find(([prefix]) => error.code.startsWith(prefix))?.[1] ?? OUR_MISTAKE,
    cause: thrown,
  });
}

/** True for a file that SQLite cannot have written. */
export function isNoDatabase(thrown: unknown): boolean {
  return sqliteErrorOf(thrown)?.code === 'SQLITE_NOTADB';
}

/** True for a second row where the database allows one. */
export function isUniqueViolation(thrown: unknown): boolean {
  const code = sqliteErrorOf(thrown)?.code;
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** drizzle may wrap the driver's error in its own; ours have been told already. */
function sqliteErrorOf(thrown: unknown): InstanceType<typeof Sqlite.SqliteError> | undefined {
  if (thrown instanceof Sqlite.SqliteError) return thrown;
  if (isDriftbellError(thrown)) return undefined;
  return thrown instanceof Error && thrown.cause instanceof Sqlite.SqliteError ? thrown.cause : undefined;
}

import { sql } from 'drizzle-orm';
import { migrate as applyMigrations } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import type { Client } from './client.ts';

/** A second try finds the work done when another process migrated the same file at the same moment. */
const ATTEMPTS = 2;

/** Applies the migrations that the database does not have. Refuses databases of other or newer programs. */
export function migrate(client: Client, options: { readonly path: string; readonly migrationsFolder: string }): void {
  const newest = newestMigration(options.migrationsFolder);
  checkOwner(client, options.path);
  const applied = appliedMigration(client);
  if (applied > newest) {
    throw new DriftbellError('store.failed', {
      expected: `a database that this version of Driftbell knows`,
      received: `${options.path}, written by a newer version`,
      remedy: 'start the newer version, or restore the backup made before the upgrade',
    });
  }
  if (applied === newest) return;

  // Off while tables are rebuilt: dropping the old one would otherwise touch the rows that refer to it.
  client.sqlite.pragma('foreign_keys = OFF');
  for (let attempt = 1; appliedMigration(client) < newest; attempt += 1) {
    try {
      applyMigrations(client.orm, { migrationsFolder: options.migrationsFolder });
    } catch (thrown) {
      if (attempt === ATTEMPTS) throw thrown;
    }
  }
}

/** How the schema of an opened database stands to that of this version. Writes nothing. */
export function schemaState(client: Client, migrationsFolder: string): 'current' | 'older' | 'newer' | 'foreign' {
  if (isForeign(client)) return 'foreign';
  const [applied, newest] = [appliedMigration(client), newestMigration(migrationsFolder)];
  if (applied === newest) return 'current';
  return applied > newest ? 'newer' : 'older';
}

/** `when` of the last migration in the folder. */
function newestMigration(migrationsFolder: string): number {
  try {
    return readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
  } catch (cause) {
    throw new DriftbellError('store.failed', {
      expected: `the migrations of the database in ${migrationsFolder}`,
      received: describeThrown(cause),
      remedy: 'install Driftbell anew, or point the settings at its drizzle folder',
      cause,
    });
  }
}

/** `when` of the last migration that the database has; 0 for a new one. */
function appliedMigration(client: Client): number {
  if (!hasTable(client, '__drizzle_migrations')) return 0;
  const [row] = client.orm.values<[number | null]>(sql`select max(created_at) from __drizzle_migrations`);
  return Number(row?.[0] ?? 0);
}

/** A file without tables is a new one. */
function isForeign(client: Client): boolean {
  const [row] = client.orm.values<[number]>(sql`select count(*) from sqlite_master where type = 'table'`);
  return (row?.[0] ?? 0) > 0 && !hasTable(client, '__drizzle_migrations');
}

function checkOwner(client: Client, path: string): void {
  if (!isForeign(client)) return;
  throw new DriftbellError('store.failed', {
    expected: 'a database of Driftbell, or no file yet',
    received: `${path}, which holds tables of another program`,
    remedy: 'name another file',
  });
}

function hasTable(client: Client, name: string): boolean {
  return client.orm.values(sql`select 1 from sqlite_master where type = 'table' and name = ${name}`).length > 0;
}

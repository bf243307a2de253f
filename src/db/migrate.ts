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

function checkOwner(client: Client, path: string): void {
  const [row] = client.orm.values<[number]>(sql`select count(*) from sqlite_master where type = 'table'`);
  if ((row?.[0] ?? 0) === 0 || hasTable(client, '__drizzle_migrations')) return;
  throw new DriftbellError('store.failed', {
    expected: 'a database of Driftbell, or no file yet',
    received: `${path}, which holds tables of another program`,
    remedy: 'name another file',
  });
}

function hasTable(client: Client, name: string): boolean {
  return client.orm.values(sql`select 1 from sqlite_master where type = 'table' and name = ${name}`).length > 0;
}

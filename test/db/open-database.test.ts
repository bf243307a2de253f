import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../../src/db/client.ts';
import { IN_MEMORY, openDatabase } from '../../src/db/index.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import {
  ANNA,
  AT,
  fileDatabase,
  MIGRATIONS,
  memoryStores,
  openBelow,
  registeredModel,
  settings,
} from './memory-stores.ts';

describe('opening the database', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftbell-db-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes the file with its folder, and finds everything again after a restart', () => {
    const path = join(folder, 'new', 'driftbell.sqlite');
    const first = fileDatabase(path);
    const model = registeredModel(first.stores);
    first.close();

    const second = fileDatabase(path);

    expect(second.stores.models.bySlug('delays')).toEqual(model);
    expect(second.stores.models.columns(model.id).map(({ name }) => name)).toEqual(['age', 'carrier']);
    second.close();
  });

  it('writes ahead, keeps references whole and waits for other writers', () => {
    const { client } = openBelow(join(folder, 'driftbell.sqlite'));

    const pragma = (name: string): unknown => client.sqlite.pragma(name, { simple: true });

    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('synchronous')).toBe(1);
    expect(pragma('busy_timeout')).toBe(5000);
    client.sqlite.close();
  });

  it('can be closed twice', () => {
    const database = openDatabase({ path: IN_MEMORY, migrationsFolder: MIGRATIONS });

    database.close();

    expect(() => database.close()).not.toThrow();
    expect(() => database.stores.models.list()).toThrow(/not open/);
  });

  it('serves two processes at once', () => {
    const path = join(folder, 'driftbell.sqlite');
    const bot = fileDatabase(path);
    const commandLine = fileDatabase(path);

    const model = commandLine.stores.models.insert(settings(), ANNA, AT);

    expect(bot.stores.models.byId(model.id)).toEqual(model);
    bot.close();
    commandLine.close();
  });

  it('copies a database in use', async () => {
    const database = fileDatabase(join(folder, 'driftbell.sqlite'));
    const model = registeredModel(database.stores);

    await database.backup(join(folder, 'backup.sqlite'));
    registeredModel(database.stores, { slug: 'later' });

    const copy = fileDatabase(join(folder, 'backup.sqlite'));
    expect(copy.stores.models.list()).toEqual([model]);
    copy.close();
    database.close();
  });

  it('says that a backup cannot be written, and goes on', async () => {
    const database = fileDatabase(join(folder, 'driftbell.sqlite'));

    await expect(database.backup(folder)).rejects.toMatchObject({ code: 'store.failed' });

    expect(database.stores.models.list()).toEqual([]);
    database.close();
  });

  it.each([
    ['a folder in place of the file', 'got a folder.', (path: string) => path],
    [
      'a file in place of the folder',
      'got no folder to put it in (something that is there already',
      (path: string) => {
        writeFileSync(join(path, 'file'), 'text');
        return join(path, 'file', 'driftbell.sqlite');
      },
    ],
    [
      'a file that is no database',
      'got a file that is no SQLite database.',
      (path: string) => plant(join(path, 'notes.txt'), 'not a database, '.repeat(100)),
    ],
  ])('refuses %s and says what to do', (_case, received, pathIn) => {
    const path = pathIn(folder);

    const open = () => fileDatabase(path);

    expect(open).toThrow(expect.objectContaining({ code: 'config.invalid', exitCode: 2 }));
    expect(open).toThrow(`Expected a database file at ${path}, ${received}`);
    expect(open).toThrow('Name a file in a folder that this user may write with DRIFTBELL_DATABASE.');
  });

  it.skipIf(process.platform !== 'linux')('ends where a file system takes no folders', () => {
    expect(() => fileDatabase('/proc/driftbell/driftbell.sqlite')).toThrow(
      'got no folder to put it in (no such file or folder',
    );
  });

  it('refuses a database of another program and leaves it alone', () => {
    const path = join(folder, 'other.sqlite');
    const other = new Sqlite(path);
    other.exec('create table invoices (id integer primary key)');
    other.close();

    expect(() => fileDatabase(path)).toThrow(/another program\. Name another file/);

    const after = new Sqlite(path);
    expect(after.prepare('select name from sqlite_master').all()).toEqual([{ name: 'invoices' }]);
    after.close();
  });

  it('refuses a database of a newer version', () => {
    const path = join(folder, 'driftbell.sqlite');
    fileDatabase(path).close();
    const newer = new Sqlite(path);
    newer.exec(`insert into __drizzle_migrations (hash, created_at) values ('future', ${Date.UTC(2100, 0, 1)})`);
    newer.close();

    expect(() => fileDatabase(path)).toThrow(/a newer version\. Start the newer version/);
  });

  it('says that the migrations are not installed', () => {
    const open = () => openDatabase({ path: IN_MEMORY, migrationsFolder: join(folder, 'nowhere') });

    expect(open).toThrow(
      expect.objectContaining({ code: 'store.failed', message: expect.stringContaining('nowhere') }),
    );
  });

  it('leaves nothing behind of a migration that fails half-way', () => {
    const path = join(folder, 'driftbell.sqlite');
    const migrationsFolder = join(folder, 'drizzle');
    cpSync(MIGRATIONS, migrationsFolder, { recursive: true });
    breakLastMigration(migrationsFolder);

    expect(() => openDatabase({ path, migrationsFolder })).toThrow();

    expect(existsSync(path)).toBe(true);
    const repaired = fileDatabase(path);
    expect(repaired.stores.models.list()).toEqual([]);
    repaired.close();
  });

  it('carries over what an older version stored', () => {
    const path = join(folder, 'driftbell.sqlite');
    const older = join(folder, 'older');
    cpSync(MIGRATIONS, older, { recursive: true });
    keepFirstMigration(older);
    const before = openClient({ path, migrationsFolder: older });
    // In plain SQL: the stores write columns that the older tables do not have.
    before.sqlite.exec(MODEL_OF_THE_FIRST_VERSION);
    before.sqlite.close();

    const after = fileDatabase(path);

    const [model] = after.stores.models.list();
    expect(model).toMatchObject({ slug: 'delays', declaredKinds: { age: 'numeric' } });
    expect(after.stores.detections.between(model?.id as ModelId, 0, 2)).toMatchObject([{ value: 0.5, rule: 'band' }]);
    after.close();
  });

  it('migrates a database in memory at once', () => {
    expect(memoryStores().models.list()).toEqual([]);
  });
});

const MODEL_OF_THE_FIRST_VERSION = `
  INSERT INTO models (id, slug, source_location, time_column, zone, granularity, declared_kinds, defaults, owners,
    channel, lateness_minutes, registered_at, registered_by)
  VALUES (1, 'delays', '/data/*.csv', 'at', 'UTC', 'day', '{"age":"numeric"}', '{}', '[]', 'C1', 60, 0, 'U1');
  INSERT INTO columns (id, model_id, name, role, kind, state, position)
  VALUES (1, 1, 'age', 'feature', 'numeric', 'watched', 0);
  INSERT INTO detections (column_id, window_start_ms, segment, statistic, window_end_ms, window_key, value, rows,
    is_anomaly, rule, detector)
  VALUES (1, 0, '', 'mean', 1, '1970-01-01', 0.5, 10, 1, 'band', 'paper-1');
`;

function keepFirstMigration(migrationsFolder: string): void {
  const file = join(migrationsFolder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }));
}

function plant(path: string, text: string): string {
  writeFileSync(path, text);
  return path;
}

function breakLastMigration(migrationsFolder: string): void {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'));
  const file = join(migrationsFolder, `${journal.entries.at(-1).tag}.sql`);
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n--> statement-breakpoint\ncreate table models (id integer);`);
}

import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day } from '../builders/detections.ts';
import { finding } from '../builders/reports.ts';
import { ANNA, AT, fileDatabase, memoryStores, openBelow, registeredModel, settings } from './memory-stores.ts';

describe('a transaction', () => {
  it('gives back what the work returns', () => {
    expect(memoryStores().transaction(() => 7)).toBe(7);
  });

  it('undoes everything when the work throws', () => {
    const stores = memoryStores();
    const { id } = registeredModel(stores);
    const failure = new Error('half-way');

    const work = () =>
      stores.transaction(() => {
        const report = stores.reports.insert({ modelId: id, severity: 'high', opened: day(0), findings: [finding()] });
        stores.outbox.add({ key: 'k', kind: 'report', reportId: report.id, revision: 1, at: AT });
        stores.audit.add({ at: AT, by: ANNA, action: 'a', subject: 's', facts: {} });
        stores.interactions.claim('press', AT);
        throw failure;
      });

    expect(work).toThrow(failure);
    expect(stores.reports.list(id)).toEqual([]);
    expect(stores.outbox.pending()).toBe(0);
    expect(stores.audit.of('s')).toEqual([]);
    expect(stores.interactions.claim('press', AT)).toBe(true);
  });

  it('inside another undoes only itself', () => {
    const stores = memoryStores();

    stores.transaction(() => {
      stores.interactions.claim('outer', AT);
      const inner = () =>
        stores.transaction(() => {
          stores.interactions.claim('inner', AT);
          throw new Error('inner');
        });
      expect(inner).toThrow('inner');
    });

    expect(stores.interactions.claim('outer', AT)).toBe(false);
    expect(stores.interactions.claim('inner', AT)).toBe(true);
  });

  it('undoes inner ones that ended well when the outer one throws', () => {
    const stores = memoryStores();

    const work = () =>
      stores.transaction(() => {
        stores.models.insert(settings(), ANNA, AT);
        throw new Error('outer');
      });

    expect(work).toThrow('outer');
    expect(stores.models.list()).toEqual([]);
  });

  it('refuses work that waits, and undoes what it did', async () => {
    const stores = memoryStores();
    let late: Promise<void> = Promise.resolve();

    const work = () =>
      stores.transaction(() => {
        stores.interactions.claim('key', AT);
        late = Promise.resolve();
        return late;
      });

    expect(work).toThrow(/Expected a transaction that ends before it returns, got a promise/);
    expect(stores.interactions.claim('key', AT)).toBe(true);
    await late;
  });
});

describe('what goes wrong below', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftbell-db-'));
    path = join(folder, 'driftbell.sqlite');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves nothing of a transaction that the process did not live to commit', () => {
    const database = fileDatabase(path);
    const model = registeredModel(database.stores);
    const crashed = join(folder, 'crashed.sqlite');

    database.stores.transaction(() => {
      registeredModel(database.stores, { slug: 'never' });
      database.stores.reports.insert({ modelId: model.id, severity: 'high', opened: day(0), findings: [finding()] });
      copyAsTheyLie(path, crashed);
    });
    database.close();

    const after = fileDatabase(crashed);
    expect(after.stores.models.list()).toEqual([model]);
    expect(after.stores.reports.list(model.id)).toEqual([]);
    after.close();
  });

  it('keeps what was committed when the process dies without closing', () => {
    const database = fileDatabase(path);
    const model = registeredModel(database.stores);
    const crashed = join(folder, 'crashed.sqlite');

    copyAsTheyLie(path, crashed);

    const after = fileDatabase(crashed);
    expect(after.stores.models.list()).toEqual([model]);
    after.close();
    database.close();
  });

  it('names another writer that does not let go', () => {
    const { client, stores } = openBelow(path);
    client.sqlite.pragma('busy_timeout = 1');
    const other = new Sqlite(path);
    other.exec('begin immediate');

    expect(() => stores.interactions.claim('key', AT)).toThrow(
      expect.objectContaining({ code: 'store.failed', message: expect.stringContaining('Stop the other process') }),
    );

    other.exec('rollback');
    expect(stores.interactions.claim('key', AT)).toBe(true);
    other.close();
    client.sqlite.close();
  });

  it('lets nobody write between what a transaction reads and what it writes', () => {
    const database = fileDatabase(path);
    const other = new Sqlite(path, { timeout: 0 });

    database.stores.transaction(() => {
      expect(database.stores.models.list()).toEqual([]);
      expect(() => other.exec('begin immediate')).toThrow(/locked/);
    });

    expect(() => other.exec('begin immediate; rollback')).not.toThrow();
    other.close();
    database.close();
  });

  it('names a full disk and keeps what was there', () => {
    const { client, stores } = openBelow(path);
    const model = registeredModel(stores);
    const pages = client.sqlite.pragma('page_count', { simple: true });
    client.sqlite.pragma(`max_page_count = ${pages}`);

    const fill = () =>
      stores.transaction(() => {
        for (let entry = 0; entry < 1000; entry += 1) {
          stores.audit.add({ at: AT, by: ANNA, action: 'a', subject: 's', facts: { text: 'x'.repeat(1000) } });
        }
      });

    expect(fill).toThrow(
      expect.objectContaining({ code: 'store.failed', message: expect.stringContaining('Free space on the disk') }),
    );
    expect(stores.audit.of('s')).toEqual([]);
    expect(stores.models.list()).toEqual([model]);
    client.sqlite.close();
  });

  it('refuses a row whose parent does not exist', () => {
    const { client } = openBelow();

    const orphan = () =>
      client.sqlite.exec(`insert into votes (report_id, by, verdict, at) values (99, 'U', 'real', 1)`);

    expect(orphan).toThrow(/FOREIGN KEY/);
  });
});

/** The files at this instant, as a machine that loses power leaves them. */
function copyAsTheyLie(from: string, to: string): void {
  for (const suffix of ['', '-wal']) {
    if (existsSync(from + suffix)) cpSync(from + suffix, to + suffix);
  }
}

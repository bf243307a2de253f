import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import { OUTAGE_DEPARTURE } from '../../src/domain/departure.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { EventKind, Model } from '../../src/domain/model.ts';
import { day, seriesKey } from '../builders/detections.ts';
import { anomaly, finding, NOW, USER } from '../builders/reports.ts';
import { MIGRATIONS, openBelow, registeredModel } from './memory-stores.ts';

const SCHEMA = resolve(import.meta.dirname, '../../src/db/schema');

describe('the migrations', () => {
  it('are up to date with the schema', async () => {
    const written = JSON.parse(readFileSync(join(MIGRATIONS, 'meta', newestSnapshot()), 'utf8'));
    const current = await generateSQLiteDrizzleJson(await tables());

    const missing = await generateSQLiteMigration(written, current);

    expect(missing, 'run `npm run db:generate` and commit what it writes').toEqual([]);
  });

  it('give every table the columns of its definition', async () => {
    const { client } = openBelow();

    for (const table of Object.values(await tables())) {
      const { name, columns } = getTableConfig(table);
      const migrated = client.sqlite.pragma(`table_info(${name})`) as { name: string; notnull: number }[];
      const expected = columns.map((column) => `${column.name} ${column.notNull}`).sort();
      expect(migrated.map((column) => `${column.name} ${column.notnull === 1}`).sort(), name).toEqual(expected);
    }
  });

  it.each(['statistics', 'detections'])('keep the rows of a column of %s together', (name) => {
    const { client } = openBelow();

    const table = client.sqlite.prepare('select sql from sqlite_master where name = ?').get(name) as { sql: string };

    // A rebuild that drizzle generates forgets it: add a migration of your own, as 0001_cluster_by_column does.
    expect(table.sql).toMatch(/WITHOUT ROWID$/);
  });

  it('carry ascending times, since an older one would be skipped without a word', () => {
    const { entries } = JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8'));

    const times = entries.map(({ when }: { when: number }) => when);

    expect(times).toEqual([...new Set<number>(times)].sort((a, b) => a - b));
  });

  it('give models the place that their holidays name, and leave others without', () => {
    const { client, stores } = openBelow();
    const [german, american, none, kept] = ['german', 'american', 'none', 'kept'].map((slug) =>
      registeredModel(stores, { slug, ...(slug === 'kept' ? { holidays: 'FR' } : {}) }),
    );
    const declare = (of: Model | undefined, kind: EventKind, text: string) =>
      stores.events.put({ modelId: of?.id as ModelId, startMs: 1, endMs: 2, kind, text });
    declare(german, 'holiday', 'Labour Day (substitute) (DE-BY)');
    declare(american, 'holiday', 'Memorial Day (US)');
    declare(none, 'note', 'Bank run (GB)');
    declare(kept, 'holiday', 'Memorial Day (US)');

    client.sqlite.exec(readFileSync(join(MIGRATIONS, '0018_holiday_places_of_events.sql'), 'utf8'));

    expect(stores.models.list().map(({ slug, holidays }) => [slug, holidays])).toEqual([
      ['american', 'US'],
      ['german', 'DE-BY'],
      ['kept', 'FR'],
      ['none', undefined],
    ]);
  });

  it('give quiet patterns the departure of what was voted on, in the unit of its statistic', () => {
    const { client, stores } = openBelow();
    const model = registeredModel(stores);
    const findings = [
      finding(),
      finding({ worst: anomaly({ rule: 'collapsed', series: seriesKey({ column: 'plan' }) }) }),
    ];
    const { id: reportId, findings: kept } = stores.reports.insert({
      ...{ modelId: model.id, severity: 'high', opened: day(30), findings },
    });
    for (const { id: findingId, series, from } of kept) {
      const mark = {
        modelId: model.id,
        series,
        kind: 'quieted',
        fromMs: from.startMs,
        departure: { size: 4.7 },
      } as const;
      stores.seriesMarks.put({ ...mark, by: USER, at: 1, reportId, findingId });
    }
    const ruled = { series: seriesKey(), window: day(30), forecast: { baseline: 724, lower: 700, upper: 745 } };
    const { id: modelId } = model;
    stores.models.putColumns(modelId, [{ name: 'age', role: 'feature', kind: 'numeric' }], []);
    const held = { filter: 'quieted', isKept: false, measure: 2, threshold: 4 };
    stores.ledger.replaceWindow(modelId, day(30), [{ ...ruled, ...held }]);

    client.sqlite.exec(readFileSync(join(MIGRATIONS, '0019_departure_of_marks.sql'), 'utf8'));

    expect(stores.seriesMarks.active(modelId, 1).map(({ departure }) => departure?.size)).toEqual([
      212,
      OUTAGE_DEPARTURE,
    ]);
    expect(stores.ledger.window(modelId, day(30))).toMatchObject([{ measure: 90, threshold: 180 }]);
  });

  it('give quiet patterns what a drop left, of what is counted from zero, and when they held something last', () => {
    const { client, stores } = openBelow();
    const model = registeredModel(stores);
    const worsts = [
      anomaly(),
      anomaly({
        series: seriesKey({ statistic: 'traffic' }),
        value: 3,
        forecast: { baseline: 100, lower: 80, upper: 120 },
      }),
      anomaly({ series: seriesKey({ statistic: 'coverage' }) }),
      anomaly({ series: seriesKey({ statistic: 'psi' }) }),
      anomaly({ series: seriesKey({ column: 'plan' }), value: 900 }),
      anomaly({ series: seriesKey({ column: 'tax' }), rule: 'collapsed' }),
    ];
    const { findings } = stores.reports.insert({
      ...{ modelId: model.id, severity: 'high', opened: day(30), findings: worsts.map((worst) => finding({ worst })) },
    });
    const size = { departure: { size: 1 } };
    const [at, DAYS_100] = [NOW, 100 * 86_400_000];
    findings.forEach(({ id: findingId, series }, place) => {
      const mark = { modelId: model.id, series, kind: 'quieted', fromMs: 0, findingId, by: USER, at, ...size } as const;
      stores.seriesMarks.put({ ...mark, expiresAt: at + DAYS_100 + (place === 0 ? 5 : 0) });
    });

    const sql = readFileSync(join(MIGRATIONS, '0021_left_of_marks.sql'), 'utf8');
    // The columns are there already.
    client.sqlite.exec(sql.slice(sql.indexOf('-- What a drop left')));

    const marks = stores.seriesMarks.active(model.id, NOW);
    expect(marks.map(({ departure }) => departure?.left)).toEqual([512 / 724, 0.05, ...Array(4).fill(undefined)]);
    expect(marks.map(({ lastHeldMs }) => lastHeldMs)).toEqual([at + 5, ...Array(5).fill(undefined)]);
  });

  it('use plural snake case for tables', async () => {
    const names = Object.values(await tables()).map((table) => getTableConfig(table).name);

    expect(names.filter((name) => !/^([a-z_]+s|audit|ledger|outbox)$/.test(name))).toEqual([]);
  });
});

function newestSnapshot(): string {
  const snapshots = readdirSync(join(MIGRATIONS, 'meta')).filter((name) => name.endsWith('_snapshot.json'));
  return snapshots.sort().at(-1) ?? '';
}

async function tables(): Promise<Record<string, SQLiteTable>> {
  const modules = await Promise.all(readdirSync(SCHEMA).map((file) => import(join(SCHEMA, file))));
  const exported = modules.flatMap((module) => Object.entries<unknown>(module));
  return Object.fromEntries(exported.filter((entry): entry is [string, SQLiteTable] => is(entry[1], SQLiteTable)));
}

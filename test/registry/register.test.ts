import { beforeEach, describe, expect, it } from 'vitest';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { parseDeclaration, type RegisterDeps, register } from '../../src/registry/index.ts';
import { registerDeps } from '../builders/register-deps.ts';
import { USER } from '../builders/reports.ts';
import { memoryStores } from '../db/memory-stores.ts';
import { textFile } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
const AFTER_ROWS_MS = Date.UTC(2026, 2, 3);
let stores: Stores;
let deps: RegisterDeps;

beforeEach(() => {
  stores = memoryStores();
  deps = registerDeps({ stores, engine }, AFTER_ROWS_MS);
});

function declared(importance: string) {
  const rows = textFile(folder, 'rows.csv', 'at,age,plan,p\n2026-03-01,3,a,0.5\n2026-03-02,4,b,0.25\n');
  return parseDeclaration({
    ...{ slug: 'churn', source: { location: rows }, timeColumn: 'at', scoreColumn: 'p', channel: 'C0MODELS1' },
    importanceSource: { location: importance },
  });
}

describe('registering a model with a table of importance', () => {
  it('keeps the table, the shares of its watched features, and tells what is not watched', async () => {
    const told = textFile(folder, 'told.csv', 'feature,importance\nage,31\nghost,5\nplan,-69\np,1\n');

    const { model, columns, importancePassedOver } = await register(deps, { settings: declared(told), by: USER });

    expect(columns.map(({ name, importance }) => [name, importance])).toEqual([
      ['age', 0.31],
      ['plan', 0.69],
      ['p', undefined],
      ['*', undefined],
    ]);
    expect(stores.models.columns(model.id)).toEqual(columns);
    expect(stores.models.bySlug('churn')?.importanceSource).toEqual({ location: told });
    expect(importancePassedOver).toEqual(['ghost', 'p']);
  });

  it.each([
    ['that is not there', undefined, 'source.not_found'],
    ['with other columns', 'a,b\n1,2\n', 'importance.invalid'],
    ['with a word for a number', 'feature,importance\nage,much\n', 'importance.invalid'],
  ])('stores nothing with a table %s', async (_case, text, code) => {
    const told = text === undefined ? `${folder}/missing.csv` : textFile(folder, 'wrong.csv', text);

    await expect(register(deps, { settings: declared(told), by: USER })).rejects.toMatchObject({ code });

    expect(stores.models.list()).toEqual([]);
    expect(stores.audit.of('model:churn')).toEqual([]);
  });

  it('tells nothing of importance without a table', async () => {
    const { importanceSource: _none, ...settings } = declared('unused.csv');

    const registration = await register(deps, { settings, by: USER });

    expect(registration).not.toHaveProperty('importancePassedOver');
    expect(registration.columns.every((column) => column.importance === undefined)).toBe(true);
  });
});

describe('registering a model with holidays', () => {
  const withHolidays = (holidays: string) => {
    const { importanceSource: _none, ...settings } = declared('unused.csv');
    return { ...settings, zone: 'Europe/Berlin', holidays };
  };

  it('declares the public holidays of the place, in the zone of the model, from the year before its rows on', async () => {
    const { model, holidays } = await register(deps, { settings: withHolidays('DE-BY'), by: USER });

    const events = stores.events.overlapping(model.id, 0, Date.UTC(2100, 0, 1));
    expect(events).toHaveLength(holidays?.length ?? 0);
    expect(events[0]).toEqual({
      ...{ modelId: model.id, kind: 'holiday', text: "New Year's Day (DE-BY)" },
      ...{ startMs: Date.parse('2025-01-01T00:00+01:00'), endMs: Date.parse('2025-01-02T00:00+01:00') },
    });
    expect(new Date(events.at(-1)?.startMs ?? 0).getUTCFullYear()).toBe(2036);
  });

  it('stores nothing with a place that nobody knows', async () => {
    await expect(register(deps, { settings: withHolidays('Grmany'), by: USER })).rejects.toMatchObject({
      code: 'usage.invalid',
      message: expect.stringContaining('Did you mean DE (Germany)'),
    });

    expect(stores.models.list()).toEqual([]);
  });

  it('declares none without a place', async () => {
    const { importanceSource: _none, ...settings } = declared('unused.csv');

    const registration = await register(deps, { settings, by: USER });

    expect(registration).not.toHaveProperty('holidays');
    expect(stores.events.overlapping(registration.model.id, 0, Date.UTC(2100, 0, 1))).toEqual([]);
  });
});

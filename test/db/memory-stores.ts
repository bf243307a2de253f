import { resolve } from 'node:path';
import { type Client, openClient } from '../../src/db/client.ts';
import { type Database, IN_MEMORY, openDatabase } from '../../src/db/index.ts';
import { createStores } from '../../src/db/stores/create-stores.ts';
import type { Column } from '../../src/domain/column.ts';
import type { EpochMs, UserId } from '../../src/domain/identifiers.ts';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import type { Stores } from '../../src/ports/stores.ts';

export const MIGRATIONS = resolve(import.meta.dirname, '../../drizzle');
export const ANNA = 'U0ANNA' as UserId;
export const BORIS = 'U0BORIS' as UserId;
export const AT: EpochMs = Date.UTC(2026, 0, 1, 9);

export function memoryStores(): Stores {
  return openDatabase({ path: IN_MEMORY, migrationsFolder: MIGRATIONS }).stores;
}

export function fileDatabase(path: string): Database {
  return openDatabase({ path, migrationsFolder: MIGRATIONS });
}

/** Stores with the connection below them, for what only SQL can do: planting damage, filling the disk. */
export function openBelow(path: string = IN_MEMORY): { readonly client: Client; readonly stores: Stores } {
  const client = openClient({ path, migrationsFolder: MIGRATIONS });
  return { client, stores: createStores(client) };
}

export function settings(overrides: Partial<ModelSettings> = {}): ModelSettings {
  return {
    slug: 'delays',
    owners: [ANNA],
    channel: 'C0MODELS',
    source: { location: '/data/flights/*.parquet' },
    timeColumn: 'date',
    zone: 'America/New_York',
    granularity: 'day',
    declaredKinds: {},
    defaults: {},
    latenessMinutes: 60,
    ...overrides,
  };
}

const AGE: Column = { name: 'age', role: 'feature', kind: 'numeric' };
const CARRIER: Column = { name: 'carrier', role: 'feature', kind: 'categorical' };

/** A registered model with an `age`, a `carrier` and the traffic column. */
export function registeredModel(stores: Pick<Stores, 'models'>, overrides: Partial<ModelSettings> = {}): Model {
  const model = stores.models.insert(settings(overrides), ANNA, AT);
  stores.models.putColumns(model.id, [AGE, CARRIER], []);
  return model;
}

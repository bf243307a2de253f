import { join } from 'node:path';
import { type Database, IN_MEMORY, openDatabase } from '../../src/db/index.ts';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { model, NOW, USER } from './reports.ts';

/** A real SQLite database in memory, with the shipped migrations. */
export function memoryDatabase(): Database {
  return openDatabase({ path: IN_MEMORY, migrationsFolder: join(import.meta.dirname, '..', '..', 'drizzle') });
}

/** A clock that stands still until it is moved; sleeping moves it. */
export function fakeClock(start = NOW): Clock & { set(ms: number): void } {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    set: (ms) => {
      now = ms;
    },
  };
}

/** A registered model with the columns age (numeric), plan (categorical), score and traffic. */
export function registeredModel(stores: Stores, overrides: Partial<ModelSettings> = {}, at = NOW): Model {
  const { id: _id, revision: _revision, registeredAt: _at, registeredBy: _by, ...settings } = model();
  const registered = stores.models.insert({ ...settings, ...overrides }, USER, at);
  stores.models.putColumns(
    registered.id,
    [
      { name: 'age', role: 'feature', kind: 'numeric' },
      { name: 'plan', role: 'feature', kind: 'categorical' },
      { name: 'score', role: 'score', kind: 'numeric' },
      { name: '*', role: 'traffic' },
    ],
    [],
  );
  return registered;
}

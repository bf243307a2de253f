import { openClient } from '../../src/db/client.ts';
import { createStores } from '../../src/db/stores/create-stores.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { ALL_TRAFFIC, type StatisticName } from '../../src/domain/statistic.ts';
import { type Window, windowsBetween } from '../../src/domain/window.ts';
import { MIGRATIONS, settings } from '../db/memory-stores.ts';

/** What is detected on in the benchmark: ten statistics of each of 200 columns of each of 500 models are a million. */
export const STORE = { models: 500, columns: 200, windows: 29 } as const;
const statistics = [
  ...(['mean', 'standard_deviation', 'minimum', 'maximum', 'q05', 'q25', 'q50', 'q75', 'q95', 'coverage'] as const),
] satisfies readonly StatisticName[];
const FIRST_DAY_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

export function storeKeys(): readonly SeriesKey[] {
  return Array.from({ length: STORE.columns }, (_, column) => `column_${column}`).flatMap((column) =>
    statistics.map((statistic) => ({ segment: ALL_TRAFFIC, column, role: 'feature', statistic }) as const),
  );
}

export function storeWindows(): readonly Window[] {
  return windowsBetween(FIRST_DAY_MS, FIRST_DAY_MS + STORE.windows * DAY_MS, 'UTC', 'day');
}

export function openStore(path: string) {
  const client = openClient({ path, migrationsFolder: MIGRATIONS });
  return { client, stores: createStores(client) };
}

/**
 * Fills a database with the statistics of all models, in bulk: a level for each column and statistic, a weekly rhythm of
 * a twentieth of it and uniform noise of as much. One series in a hundred leaves its level in the last window.
 */
export function fillStore(path: string): void {
  const { client, stores } = openStore(path);
  const columns = Array.from({ length: STORE.columns }, (_, column) => {
    return { name: `column_${column}`, role: 'feature', kind: 'numeric' } as const;
  });
  const insertAll = client.sqlite.transaction(() => {
    for (let model = 0; model < STORE.models; model += 1) {
      const { owners, ...rest } = settings({ slug: `model-${model}`, zone: 'UTC' });
      const made = stores.models.insert({ ...rest, owners }, owners[0] ?? ('U0BENCH' as never), 0);
      stores.models.putColumns(made.id, columns, []);
    }
    const cells = statistics.map((_, place) => {
      const level = `(10 + ${place})`;
      const last = `(day = ${STORE.windows - 1} AND abs(random()) % 100 = 0)`;
      return `${level} * (1 + 0.05 * (day % 7 = 5) + 0.05 * (random() / 18446744073709551616.0) + ${last})`;
    });
    client.sqlite.exec(`
      WITH RECURSIVE days(day) AS (VALUES (0) UNION ALL SELECT day + 1 FROM days WHERE day + 1 < ${STORE.windows})
      INSERT INTO statistics (column_id, window_start_ms, segment, window_end_ms, window_key, rows, ${statistics.join()})
      SELECT columns.id, ${FIRST_DAY_MS} + day * ${DAY_MS}, '', ${FIRST_DAY_MS + DAY_MS} + day * ${DAY_MS},
             date(${FIRST_DAY_MS / 1_000} + day * ${DAY_MS / 1_000}, 'unixepoch'), 100000, ${cells.join()}
      FROM columns, days WHERE columns.role = 'feature' ORDER BY columns.id, day`);
  });
  insertAll();
  client.sqlite.close();
}

export function storeModels(stores: ReturnType<typeof openStore>['stores']): readonly ModelId[] {
  return stores.models.list().map((model) => model.id);
}

import { describe, expect, it } from 'vitest';
import { windowsBetween } from '../../src/domain/window.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import {
  createMemoryHistory,
  planProfile,
  profileWindows,
  runStatistics,
  watchedSeries,
} from '../../src/statistics/index.ts';
import { statisticsDeps } from '../builders/statistics-deps.ts';
import { memoryStores, registeredModel } from '../db/memory-stores.ts';
import { parquetFile } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
const NOW = Date.parse('2026-04-01T00:00Z');
const windows = windowsBetween(Date.parse('2026-03-01Z'), Date.parse('2026-03-04Z'), 'UTC', 'day');

/** Sixty segments; on the first two days the higher the number the larger, on the third the other way round. */
function growingThenShrinking(): Promise<string> {
  return parquetFile(
    folder,
    'segments.parquet',
    `SELECT TIMESTAMP '2026-03-01 12:00' + to_days(d::INTEGER) AS at, 'land ' || s AS land, 0.5 AS p
     FROM range(3) AS days(d), range(10, 70) AS segments(s), range(100)  AS copies(i)
     WHERE i < CASE WHEN d < 2 THEN s ELSE 80 - s END`,
  );
}

function tableAt(location: string) {
  return {
    ...{ source: { location }, timeColumn: 'at', zone: 'UTC', segmentColumn: 'land' },
    granularity: 'day',
  } as const;
}

/** A model of those segments, with its score and traffic watched. */
async function segmentedModel() {
  const source = { location: await growingThenShrinking() };
  const stores = memoryStores();
  const model = registeredModel(stores, { source, timeColumn: 'at', zone: 'UTC', segmentColumn: 'land' });
  stores.models.putColumns(
    model.id,
    [
      { name: 'p', role: 'score', kind: 'numeric' },
      { name: '*', role: 'traffic' },
    ],
    [],
  );
  return { stores, model, deps: statisticsDeps(stores, engine, NOW) };
}

describe('a segment column with too many values', () => {
  it('keeps its segments from run to run, so that their series have no gaps', async () => {
    const { stores, model, deps } = await segmentedModel();
    const segmentsOf = (index: number) => {
      const window = windows[index];
      const rows = window === undefined ? [] : stores.statistics.window(model.id, window);
      return rows.filter(({ role }) => role === 'traffic').map(({ segment }) => segment);
    };

    for (const window of windows) await runStatistics(deps, { model, windows: [window] });
    const before = windows.map((window) => stores.statistics.window(model.id, window));
    await runStatistics(deps, { model, windows });

    expect(segmentsOf(0)).toEqual(['', '(other)', ...Array.from({ length: 50 }, (_, i) => `land ${i + 20}`)]);
    expect(segmentsOf(2)).toEqual(segmentsOf(0));
    expect(windows.map((window) => stores.statistics.window(model.id, window))).toEqual(before);
  });

  it('is judged by the score and the traffic of every segment and of the others', async () => {
    const { stores, model, deps } = await segmentedModel();
    await runStatistics(deps, { model, windows });

    const [window] = windows;
    const others = window === undefined ? [] : watchedSeries(stores, model, window);

    expect(
      others.filter(({ segment }) => segment === '(other)').map((key) => `${key.column}.${key.statistic}`),
    ).toEqual(['p.mean', 'p.missing_rate', '*.traffic']);
    expect(new Set(others.map(({ segment }) => segment)).size).toBe(52);
  });

  it('lets a segment that has lost its rows have a traffic of zero, and go after a week', async () => {
    const location = await parquetFile(
      folder,
      'gone.parquet',
      `SELECT TIMESTAMP '2026-03-01 12:00' + to_days(d::INTEGER) AS at, unnest(IF(d = 0, ['IT', 'NO'], ['NO'])) AS land
       FROM range(20) AS days(d)`,
    );
    const table = { ...tableAt(location), declaredKinds: {}, defaults: {} };
    const { plan } = planProfile(table, await engine.describe(table.source));
    const history = createMemoryHistory();

    for (const window of windowsBetween(Date.parse('2026-03-01Z'), Date.parse('2026-03-21Z'), 'UTC', 'day')) {
      await profileWindows({ engine, history }, { plan, windows: [window], nowMs: NOW });
    }

    const traffic = history.rows.filter(({ segment }) => segment === 'IT').map((row) => [row.window.key, row.rows]);
    expect(traffic).toEqual([['2026-03-01', 1], ...Array.from({ length: 7 }, (_, i) => [`2026-03-0${i + 2}`, 0])]);
  });

  it('counts a million values without listing them', async () => {
    const location = await parquetFile(
      folder,
      'million.parquet',
      "SELECT TIMESTAMP '2026-03-01 12:00' AS at, 'user ' || i AS land, 0.5 AS p FROM range(1000000) AS rows(i)",
    );
    const score = { name: 'p', role: 'score', kind: 'numeric' } as const;
    const plan = { ...tableAt(location), columns: [score], topCategories: 20 };

    const aggregates = await engine.profile(plan, windows.slice(0, 1));

    expect(aggregates).toHaveLength(2 * 52);
    expect(aggregates[0]?.problems).toMatchObject([
      { code: 'segments_capped', text: expect.stringMatching(/1000000 values.*999950 of 1000000 rows \(100 %\)/) },
    ]);
  });
});

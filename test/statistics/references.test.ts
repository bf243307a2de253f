import { beforeAll, describe, expect, it } from 'vitest';
import { parseWindow, windowsBetween } from '../../src/domain/window.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import type { StatisticsEngine } from '../../src/ports/statistics-engine.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { runStatistics } from '../../src/statistics/index.ts';
import { statisticsDeps } from '../builders/statistics-deps.ts';
import { memoryStores, registeredModel } from '../db/memory-stores.ts';
import { parquetFile } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';

const DAYS = 40;
const CHANGED_DAY = 36;
const NOW = Date.parse('2026-04-01T00:00Z');
const windows = windowsBetween(
  parseWindow('2026-01-01', 'UTC', 'day').startMs,
  parseWindow('2026-02-09', 'UTC', 'day').endMs,
  'UTC',
  'day',
);
const columns = [
  { name: 'age', role: 'feature', kind: 'numeric' },
  { name: 'city', role: 'feature', kind: 'categorical' },
  { name: 'paid', role: 'feature', kind: 'boolean' },
  { name: '*', role: 'traffic' },
] as const;

/** Real DuckDB and SQLite. Every day the ages 1 ... 100; on the changed day ten more, and a city that nobody knew. */
describe('statistics against a healthy reference', () => {
  const folder = temporaryFolder();
  let location: string;

  beforeAll(async () => {
    location = await parquetFile(
      folder,
      'rows.parquet',
      `SELECT TIMESTAMP '2026-01-01 12:00' + to_days(d::INTEGER) AS at,
         CASE WHEN d = ${CHANGED_DAY} THEN i + 10 ELSE i END::DOUBLE AS age,
         CASE WHEN d = ${CHANGED_DAY} AND i <= 25 THEN 'Bonn' WHEN i % 2 = 0 THEN 'Oslo' ELSE 'Rome' END AS city,
         i % 4 = 0 AS paid
       FROM range(${DAYS}) AS days(d), range(1, 101) AS ages(i)`,
    );
  });

  const engine = createDuckdbEngine();
  function started(running: Pick<StatisticsEngine, 'open' | 'timeRange'> = engine, stores: Stores = memoryStores()) {
    const model = registeredModel(stores, { source: { location }, timeColumn: 'at', zone: 'UTC' });
    stores.models.putColumns(model.id, columns, []);
    const deps = statisticsDeps(stores, running, NOW);
    return {
      stores,
      model,
      run: (some = windows, more: Partial<Parameters<typeof runStatistics>[0]> = {}) =>
        runStatistics({ ...deps, ...more }, { model, windows: some }),
      rows: () => windows.flatMap((window) => stores.statistics.window(model.id, window)),
      series: (column: string, statistic: 'js_distance' | 'psi' | 'wasserstein' | 'unseen_share') =>
        stores.statistics
          .series(model.id, [{ segment: '', column, role: 'feature', statistic }], 0, NOW)
          .flatMap(({ points }) => points.map(({ value }) => value)),
    };
  }

  it('are null until seven healthy windows older than three days are there, and 0 where nothing changes', async () => {
    const { run, series } = started();

    await run();

    for (const [column, statistic] of [
      ['age', 'js_distance'],
      ['age', 'psi'],
      ['age', 'wasserstein'],
      ['city', 'js_distance'],
      ['city', 'unseen_share'],
      ['paid', 'psi'],
    ] as const) {
      const values = series(column, statistic);
      expect(values.slice(0, 10)).toEqual(Array(10).fill(null));
      expect(values.slice(10, CHANGED_DAY).every((value) => value !== null && Math.abs(value) < 1e-6)).toBe(true);
    }
  });

  it('see a change in its size', async () => {
    const { run, series, stores, model } = started();

    await run();

    // Ages 10 higher; their population standard deviation is root((100^2 - 1) / 12) = 28.866.
    expect(series('age', 'wasserstein')[CHANGED_DAY]).toBeCloseTo(10 / 28.866, 4);
    // 12 of the 25 youngest were in Oslo, 13 in Rome: .50 .50 .00 became .38 .37 .25.
    expect(series('city', 'unseen_share')[CHANGED_DAY]).toBe(0.25);
    expect(series('city', 'js_distance')[CHANGED_DAY]).toBeCloseTo(distance([0.38, 0.37, 0.25], [0.5, 0.5, 0]), 12);
    expect(series('paid', 'js_distance')[CHANGED_DAY]).toBeCloseTo(0, 6);
    const [window] = windows.slice(CHANGED_DAY);
    const rows = window === undefined ? [] : stores.statistics.window(model.id, window);
    expect(rows.find(({ column }) => column === 'city')?.histogram).toEqual({ version: 2, counts: [0, 25, 0, 38, 37] });
  });

  it('keep their references, so that computing again gives the same rows', async () => {
    const { run, rows, stores, model } = started();
    await run();
    const [first, references] = [rows(), stores.statistics.references(model.id)];

    await run(windows.slice(5, 30));
    await run();

    expect(rows()).toEqual(first);
    expect(stores.statistics.references(model.id)).toEqual(references);
    expect(references.map(({ appliesFromMs, windows: built }) => [appliesFromMs, built])).toEqual([
      [windows[10]?.startMs, 7],
      [windows[31]?.startMs, 28],
    ]);
  });

  it('give the same rows window by window as all at once', async () => {
    const [atOnce, oneByOne] = [started(), started()];
    await atOnce.run();

    for (const window of windows) await oneByOne.run([window]);

    expect(oneByOne.rows()).toEqual(atOnce.rows());
  });

  it('give the same rows after a run that was cut short as one clean run', async () => {
    const clean = started();
    await clean.run();
    const broken = started({
      ...engine,
      open: (plan, span, { work }) =>
        engine.open(plan, span, {
          work: (opened) =>
            work({
              ...opened,
              profile: (some, options) => {
                if (some.some(({ key }) => key === '2026-01-20')) throw new Error('killed');
                return opened.profile(some, options);
              },
            }),
        }),
    });

    await expect(broken.run()).rejects.toThrow('killed');
    expect(broken.rows().length).toBeGreaterThan(0);
    expect(broken.rows().length).toBeLessThan(clean.rows().length);
    await broken.run(windows, { engine });

    expect(broken.rows()).toEqual(clean.rows());
  });

  it('leave anomalous windows out of the reference', async () => {
    const { run, series, stores, model } = started();
    await run(windows.slice(0, CHANGED_DAY + 1));

    // Seen from now on: two windows of the first seven.
    const anomalous = windows.slice(2, 4).map(({ startMs }) => startMs);
    const fresh = started();
    await fresh.run(windows, { anomalousWindows: () => anomalous });

    expect(stores.statistics.references(model.id)[0]?.appliesFromMs).toBe(windows[10]?.startMs);
    expect(fresh.stores.statistics.references(fresh.model.id)[0]?.appliesFromMs).toBe(windows[12]?.startMs);
    expect(series('age', 'psi')[11]).not.toBeNull();
    expect(fresh.series('age', 'psi')[11]).toBeNull();
  });

  it('stay null where the source no longer has the rows of the reference', async () => {
    const { run, series, model, stores } = started();
    await run(windows.slice(0, 9));

    const last = await parquetFile(folder, 'late.parquet', `SELECT * FROM '${location}' WHERE "at" >= '2026-01-10'`);
    await runStatistics(statisticsDeps(stores, engine, NOW), {
      model: { ...model, source: { location: last } },
      windows: windows.slice(9, 12),
    });

    expect(series('age', 'js_distance').slice(9)).toEqual([null, null, null]);
    expect(stores.statistics.references(model.id)).toEqual([]);
  });
});

/** Root of the Jensen-Shannon divergence in bits, written out. */
function distance(p: readonly number[], q: readonly number[]): number {
  const kl = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, i) => (x === 0 ? sum : sum + x * Math.log2(x / (b[i] ?? 0))), 0);
  const middle = p.map((x, i) => (x + (q[i] ?? 0)) / 2);
  return Math.sqrt((kl(p, middle) + kl(q, middle)) / 2);
}

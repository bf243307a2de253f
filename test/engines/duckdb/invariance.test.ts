import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnStatistics } from '../../../src/domain/statistic.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { createMemoryHistory, profileWindows } from '../../../src/statistics/index.ts';
import { days, feature, parquetFile, plan } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const DAYS = 12;
const columns = [feature('age', 'numeric'), feature('city', 'categorical'), feature('v', 'embedding')];
/** Quantiles and bin edges come from sketches, which depend a little on the order of the rows. */
const SKETCHED = ['q01', 'q05', 'q25', 'q50', 'q75', 'q95', 'q99', 'js_distance', 'psi', 'wasserstein'];
const RUNS = { numRuns: 8 };
let tables = 0;

/** Some 40 rows a day with oddities, the same for the same seed; `age` is multiplied by `scale`. */
function rowsSql(seed: number, scale = 1): string {
  const drawn = (what: string) => `(hash(i, '${what}', ${seed}) % 1000)::BIGINT`;
  return `SELECT TIMESTAMP '2026-03-01 12:00' + to_days((i % ${DAYS})::INTEGER) + to_seconds(i) AS at,
    CASE WHEN ${drawn('a')} < 50 THEN NULL WHEN ${drawn('a')} < 80 THEN 'NaN'::DOUBLE WHEN ${drawn('a')} < 160 THEN 0
      ELSE ${drawn('x')}::DOUBLE * ${scale}::DOUBLE END AS age,
    list_extract(['Oslo', 'Rome', 'Bonn', '', NULL], 1 + ${drawn('c')} % 5) AS city,
    [${drawn('v')}, ${drawn('w')}]::DOUBLE[] AS v, i
    FROM range(${DAYS * 40}) AS r(i)`;
}

async function statisticsOf(write: (place: string) => Promise<unknown>): Promise<readonly ColumnStatistics[]> {
  tables += 1;
  const place = `table-${tables}`;
  await write(place);
  const history = createMemoryHistory();
  await profileWindows(
    { engine: createDuckdbEngine(), history },
    { plan: plan(join(folder, place), { columns }), windows: days('2026-03-01', DAYS), nowMs: 0 },
  );
  return history.rows;
}

/** Equal to the last digits that the order of a sum may change. */
function expectAlike(some: readonly ColumnStatistics[], others: readonly ColumnStatistics[]): void {
  expect(some.map(({ window, column, rows }) => [window.key, column, rows])).toEqual(
    others.map(({ window, column, rows }) => [window.key, column, rows]),
  );
  for (const [i, row] of some.entries()) {
    const other = others[i];
    expect(row.shares).toEqual(other?.shares);
    expect(row.problems).toEqual(other?.problems);
    for (const [name, value] of Object.entries(row.statistics)) {
      if (SKETCHED.includes(name)) continue;
      expectClose(value, other?.statistics[name as keyof typeof row.statistics] ?? null, `${row.column} ${name}`);
    }
  }
}

function expectClose(value: number | null, expected: number | null, what: string): void {
  if (value === null || expected === null) expect(value, what).toBe(expected);
  else expect(Math.abs(value - expected), what).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

describe('statistics do not depend', () => {
  it('on how the rows are split into files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.integer({ min: 2, max: 7 }), async (seed, files) => {
        const whole = await statisticsOf((place) => parquetFile(folder, `${place}/all.parquet`, rowsSql(seed)));
        const split = await statisticsOf(async (place) => {
          for (let file = 0; file < files; file += 1) {
            const part = `SELECT * FROM (${rowsSql(seed)}) WHERE hash(i) % ${files} = ${file}`;
            await parquetFile(folder, `${place}/${file}.parquet`, part);
          }
        });

        expectAlike(split, whole);
      }),
      RUNS,
    );
  });

  it('on the order of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), async (seed) => {
        const sorted = await statisticsOf((place) => parquetFile(folder, `${place}/a.parquet`, rowsSql(seed)));
        const shuffled = await statisticsOf((place) =>
          parquetFile(folder, `${place}/a.parquet`, `SELECT * FROM (${rowsSql(seed)}) ORDER BY hash(i)`),
        );

        expectAlike(shuffled, sorted);
      }),
      RUNS,
    );
  });
});

describe('a column that is scaled', () => {
  it('has its mean, spread and extremes scaled, and its rates and distances as before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.constantFrom(1e-9, 0.001, 7, 1e12), async (seed, scale) => {
        const plain = await statisticsOf((place) => parquetFile(folder, `${place}/a.parquet`, rowsSql(seed)));
        const scaled = await statisticsOf((place) => parquetFile(folder, `${place}/a.parquet`, rowsSql(seed, scale)));

        for (const [i, row] of scaled.entries()) {
          if (row.column !== 'age') continue;
          const before = plain[i]?.statistics ?? {};
          // Different values are told apart by hashes of them, so their estimated number is another one.
          const { distinct_count: _, ...statistics } = row.statistics;
          for (const [name, value] of Object.entries(statistics)) {
            const expected = before[name as keyof typeof before] ?? null;
            if (SCALED.includes(name)) expectClose((value ?? Number.NaN) / scale, expected, name);
            else if (!DISTANCES.includes(name)) expectClose(value, expected, name);
            else if (value === null || expected === null) expect(value, name).toBe(expected);
            else expect(Math.abs(value - expected), name).toBeLessThan(1e-6 * Math.max(1, expected));
          }
        }
      }),
      RUNS,
    );
  });
});

const SCALED = ['mean', 'standard_deviation', 'minimum', 'maximum', 'q01', 'q05', 'q25', 'q50', 'q75', 'q95', 'q99'];
const DISTANCES = ['js_distance', 'psi', 'wasserstein'];

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bins, ColumnAggregate, ReferenceProfile } from '../../../src/domain/profile.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { compareWithReference } from '../../../src/statistics/compare.ts';
import { referenceColumn } from '../../../src/statistics/histogram.ts';
import { catalog, deriveStatistics } from '../../../src/statistics/index.ts';
import { days, feature, parquetFile, plan, profiled } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const RUNS = { numRuns: 25 };

const cell = fc.record({
  age: fc.option(
    fc.oneof(
      fc.constant(0),
      fc.constant(Number.NaN),
      fc.constant(Number.POSITIVE_INFINITY),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    ),
  ),
  city: fc.option(fc.constantFrom('', 'Oslo', 'Rome', "O'Hare", '🦊')),
});
type Cell = { age: number | null; city: string | null };

describe('a profile of any table', () => {
  it('keeps rates and coverage in [0, 1], shares within 1, and gives no NaN', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 40 }), async (cells) => {
        const rows = (await profileOf(cells)).map(deriveStatistics);

        for (const { statistics, shares } of rows) {
          for (const name of ['coverage', 'missing_rate', 'non_finite_rate', 'default_rate'] as const) {
            const value = statistics[name];
            if (value === undefined) continue;
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
          expect(Object.values(statistics).every((value) => value === null || Number.isFinite(value))).toBe(true);
          expect(Object.values(shares ?? {}).reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
      RUNS,
    );
  });

  it('counts as one would by hand', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 40 }), async (cells) => {
        const [, age] = await profileOf(cells);
        const finite = cells
          .map((each) => each.age)
          .filter((value) => value !== null && Number.isFinite(value)) as number[];

        expect(age).toMatchObject({
          rows: cells.length,
          missing: cells.filter((each) => each.age === null).length,
          nonFinite: cells.filter((each) => each.age !== null && !Number.isFinite(each.age)).length,
          defaults: finite.filter((value) => value === 0).length,
          minimum: finite.length === 0 ? null : Math.min(...finite) + 0,
        });
        const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
        if (finite.length > 0) expect(age?.mean).toBeCloseTo(mean, 6);
      }),
      RUNS,
    );
  });

  it('keeps every statistic within the range that the catalogue states', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 40 }),
        fc.array(cell, { minLength: 1, maxLength: 40 }),
        async (cells, others) => {
          const reference = await referenceOf(others);
          const aggregates = await profileOf(
            cells,
            reference.map(({ aggregate, bins }) => [aggregate.column, bins]),
          );

          for (const aggregate of aggregates.filter(({ role }) => role === 'feature')) {
            const found = reference.find((each) => each.aggregate.column === aggregate.column);
            const column = found === undefined ? undefined : referenceColumn(found);
            if (column === undefined) throw new Error('no reference');
            const row = compareWithReference(deriveStatistics(aggregate), aggregate, { version: 1, column });

            expect(row.histogram?.counts.reduce((sum, rows) => sum + rows, 0)).toBe(cells.length);
            for (const { name, range } of catalog) {
              const value = row.statistics[name];
              if (value === undefined || value === null) continue;
              expect(value, name).toBeGreaterThanOrEqual(range[0] ?? Number.NEGATIVE_INFINITY);
              expect(value, name).toBeLessThanOrEqual((range[1] ?? Number.POSITIVE_INFINITY) + 1e-9);
            }
          }
        },
      ),
      RUNS,
    );
  });

  it('has quantiles within 1 % of their rank', async () => {
    const skewed = `SELECT TIMESTAMP '2026-03-01 10:00' AS at, exp(8 * sin(i * 0.7310585)) AS age, NULL AS city
      FROM range(200000) AS r(i)`;
    const location = await parquetFile(folder, 'skewed.parquet', skewed);

    const quantiles = (await profiled(location, { columns: [feature('age', 'numeric')] })).get('age')?.quantiles ?? [];

    const values = Array.from({ length: 200_000 }, (_, i) => Math.exp(8 * Math.sin(i * 0.7310585)));
    const ranks = quantiles.map(
      (quantile) => values.filter((value) => value <= (quantile ?? 0)).length / values.length,
    );
    for (const [i, share] of [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].entries()) {
      expect(Math.abs((ranks[i] ?? 0) - share)).toBeLessThan(0.01);
    }
  });

  it('does not depend on the order of the rows', async () => {
    const shuffled = fc
      .array(cell, { minLength: 1, maxLength: 40 })
      .chain((cells) =>
        fc.tuple(fc.constant(cells), fc.shuffledSubarray(cells, { minLength: cells.length, maxLength: cells.length })),
      );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([cells, again]) => {
        const one = await profileOf(cells);
        const other = await profileOf(again);

        expect(other.map(exactParts)).toEqual(one.map(exactParts));
        for (const [i, aggregate] of one.entries()) {
          if (aggregate.mean !== null) expect(other[i]?.mean).toBeCloseTo(aggregate.mean, 6);
        }
      }),
      RUNS,
    );
  });
});

function exactParts({ mean: _, standardDeviation: __, quantiles: ___, ...exact }: ColumnAggregate) {
  return exact;
}

const columns = [feature('age', 'numeric'), feature('city', 'categorical')];

async function profileOf(
  cells: readonly Cell[],
  bins: readonly (readonly [string, Bins])[] = [],
): Promise<readonly ColumnAggregate[]> {
  const windows = days('2026-03-01', 1);
  return createDuckdbEngine().open(plan(await fileOf(cells), { columns }), windows, {
    work: (opened) => opened.profile(windows, { bins: Object.fromEntries(bins) }),
  });
}

async function referenceOf(cells: readonly Cell[]): Promise<readonly ReferenceProfile[]> {
  const windows = days('2026-03-01', 1);
  return createDuckdbEngine().open(plan(await fileOf(cells), { columns }), windows, {
    work: async (opened) => (await opened.reference(windows)).columns,
  });
}

function fileOf(cells: readonly Cell[]): Promise<string> {
  const ages = cells.map(({ age }) => (age === null ? 'NULL' : `'${Object.is(age, -0) ? 0 : age}'`)).join(', ');
  const cities = cells.map(({ city }) => (city === null ? 'NULL' : `'${city.replaceAll("'", "''")}'`)).join(', ');
  const sql = `SELECT TIMESTAMP '2026-03-01 10:00' AS at, unnest([${ages}]::DOUBLE[]) AS age, unnest([${cities}]::VARCHAR[]) AS city`;
  return parquetFile(folder, 'any.parquet', sql);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnAggregate } from '../../../src/domain/profile.ts';
import { deriveStatistics } from '../../../src/statistics/index.ts';
import { feature, parquetFile, profiled } from './profiled.ts';
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

async function profileOf(cells: readonly Cell[]): Promise<readonly ColumnAggregate[]> {
  const ages = cells.map(({ age }) => (age === null ? 'NULL' : `'${Object.is(age, -0) ? 0 : age}'`)).join(', ');
  const cities = cells.map(({ city }) => (city === null ? 'NULL' : `'${city.replaceAll("'", "''")}'`)).join(', ');
  const sql = `SELECT TIMESTAMP '2026-03-01 10:00' AS at, unnest([${ages}]::DOUBLE[]) AS age, unnest([${cities}]::VARCHAR[]) AS city`;
  const location = await parquetFile(folder, 'any.parquet', sql);
  return [
    ...(await profiled(location, { columns: [feature('age', 'numeric'), feature('city', 'categorical')] })).values(),
  ];
}

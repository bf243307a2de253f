import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bins, ColumnAggregate, ProfilePlan, ReferenceProfile } from '../../../src/domain/profile.ts';
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
        expect(age?.distinct).toBeLessThanOrEqual(finite.length);
      }),
      RUNS,
    );
  });

  it('never counts more different numbers than there are', async () => {
    const counts = Array.from({ length: 40 }, (_, i) => 100 + i * 7);
    const sql = counts.map((n, i) => `CASE WHEN i < ${n} THEN (i * ${i + 1} * 0.37)::DOUBLE END AS age${i}`).join(', ');
    const location = await parquetFile(
      folder,
      'different.parquet',
      `SELECT TIMESTAMP '2026-03-01 10:00' AS at, ${sql} FROM range(400) AS r(i)`,
    );

    const found = await profiled(location, { columns: counts.map((_, i) => feature(`age${i}`, 'numeric')) });

    for (const [i, n] of counts.entries()) {
      expect(found.get(`age${i}`)?.distinct).toBeLessThanOrEqual(n);
      expect(found.get(`age${i}`)?.distinct).toBeGreaterThan(n / 2);
    }
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

  it('lists and counts categories of many columns together as of each on its own', async () => {
    const value = fc.option(fc.constantFrom('', 'a', 'b', 'c', "d'e", '🦊'), { nil: null });
    const table = fc.array(fc.tuple(value, value, value, fc.integer({ min: 1, max: 3 })), {
      minLength: 1,
      maxLength: 60,
    });
    const some = ['x', 'y', 'z'].map((name) => feature(name, 'categorical'));
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 0, max: 4 }), async (rows, topCategories) => {
        const lists = some.map((_, i) => rows.map((row) => quoted(row[i])).join(', '));
        const days = rows.map((row) => `'2026-03-0${row[3]} 10:00'`).join(', ');
        const values = some.map(({ name }, i) => `unnest([${lists[i]}]::VARCHAR[]) AS ${name}`).join(', ');
        const location = await parquetFile(
          folder,
          'many.parquet',
          `SELECT unnest([${days}]::TIMESTAMP[]) AS at, ${values}`,
        );

        const together = await profiledDays(location, some, topCategories);
        const alone = await Promise.all(some.map((each) => profiledDays(location, [each], topCategories)));

        for (const [i, { name }] of some.entries()) {
          expect(together.filter(({ column }) => column === name)).toEqual(
            alone[i]?.filter(({ column }) => column === name),
          );
          for (const aggregate of together.filter(({ column }) => column === name)) {
            const cells = rows.filter((row) => aggregate.window.key.endsWith(`0${row[3]}`)).map((row) => row[i]);
            const present = cells.filter((cell) => cell !== null);
            expect(aggregate).toMatchObject({
              rows: cells.length,
              missing: cells.length - present.length,
              defaults: present.filter((cell) => cell === '').length,
              distinct: new Set(present).size,
              categories: (aggregate.categories ?? []).map((each) => ({
                value: each.value,
                rows: present.filter((cell) => cell === each.value).length,
              })),
            });
            expect(aggregate.categories?.length).toBe(
              Math.min(topCategories, new Set(rows.map((row) => row[i]).filter((cell) => cell !== null)).size),
            );
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it('cuts many rows by a sample into bins whose edges are within 1 % of their rank', async () => {
    const location = await parquetFile(
      folder,
      'large.parquet',
      `SELECT TIMESTAMP '2026-03-01' + to_seconds(i // 12) AS at, exp(8 * sin(i * 0.7310585)) AS skewed,
        CASE WHEN i % 400 = 0 THEN (1 + hash(i) % 1000003)::DOUBLE END AS sparse,
        CASE WHEN i % 3 = 0 THEN 0 ELSE 1 + hash(i) % 9 END AS few
        FROM range(1000000) AS r(i)`,
    );
    const numbers = ['skewed', 'sparse', 'few'].map((name) => feature(name, 'numeric'));

    const reference = await referenceAt(location, numbers);

    const bins = new Map(reference.map((each) => [each.aggregate.column, each]));
    for (const name of ['skewed', 'sparse']) {
      const counts = bins.get(name)?.aggregate.bins ?? [];
      const rows = counts.reduce((sum, count) => sum + count, 0);
      expect(rows).toBe(name === 'sparse' ? 2500 : 1_000_000);
      expect(counts).toHaveLength(32);
      for (const [i] of counts.slice(1, -2).entries()) {
        const below = counts.slice(0, i + 2).reduce((sum, count) => sum + count, 0);
        expect(Math.abs(below / rows - (i + 1) / 30)).toBeLessThan(0.01);
      }
    }
    const few = bins.get('few')?.bins;
    const edges = few?.kind === 'numeric' ? few.edges : [];
    expect([edges[0], edges.at(-1)]).toEqual([expect.closeTo(1, 9), 9]);
    expect(edges).toEqual([...new Set(edges)].toSorted((a, b) => a - b));
    expect(bins.get('few')?.aggregate).toMatchObject({ minimum: 0, maximum: 9, defaults: 333_334 });
    expect(bins.get('few')?.aggregate.bins?.at(-1)).toBe(0);
  });

  it('does without a sample where the source has a column of the name that numbers rows', async () => {
    const location = await parquetFile(
      folder,
      'numbered.parquet',
      `SELECT TIMESTAMP '2026-03-01 10:00' AS at, 7 AS File_Row_Number, i % 1000 AS age FROM range(450000) AS r(i)`,
    );

    const [age] = await referenceAt(location, [feature('age', 'numeric')]);

    expect(age?.bins.kind === 'numeric' ? age.bins.edges.length : 0).toBe(31);
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

function referenceAt(location: string, given: ProfilePlan['columns']): Promise<readonly ReferenceProfile[]> {
  const windows = days('2026-03-01', 1);
  return createDuckdbEngine().open(plan(location, { columns: given }), windows, {
    work: async (opened) => (await opened.reference(windows)).columns,
  });
}

function profiledDays(
  location: string,
  given: ProfilePlan['columns'],
  topCategories: number,
): Promise<readonly ColumnAggregate[]> {
  return createDuckdbEngine().profile(plan(location, { columns: given, topCategories }), days('2026-03-01', 3));
}

function quoted(text: string | number | null | undefined): string {
  return typeof text === 'string' ? `'${text.replaceAll("'", "''")}'` : 'NULL';
}

function fileOf(cells: readonly Cell[]): Promise<string> {
  const ages = cells.map(({ age }) => (age === null ? 'NULL' : `'${Object.is(age, -0) ? 0 : age}'`)).join(', ');
  const cities = cells.map(({ city }) => (city === null ? 'NULL' : `'${city.replaceAll("'", "''")}'`)).join(', ');
  const sql = `SELECT TIMESTAMP '2026-03-01 10:00' AS at, unnest([${ages}]::DOUBLE[]) AS age, unnest([${cities}]::VARCHAR[]) AS city`;
  return parquetFile(folder, 'any.parquet', sql);
}

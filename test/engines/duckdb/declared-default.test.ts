import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bins, ColumnAggregate } from '../../../src/domain/profile.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { compareWithReference } from '../../../src/statistics/compare.ts';
import { referenceColumn } from '../../../src/statistics/histogram.ts';
import { deriveStatistics } from '../../../src/statistics/index.ts';
import { days, feature, parquetFile, plan } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const NOTHING = -200;
const declared = { ...feature('age', 'numeric'), defaultValue: NOTHING };
const windows = days('2026-03-01', 1);

describe('a numeric column with a declared default', () => {
  it('has the moments, extremes and quantiles of the values beside it', async () => {
    const value = fc.oneof(fc.constant(NOTHING), fc.constant(0), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 40 }), async (values) => {
        const age = await profileOf(values);

        const others = values.filter((each) => each !== NOTHING);
        expect(age).toMatchObject({ missing: 0, nonFinite: 0, defaults: values.length - others.length });
        if (others.length === 0) {
          expect(age).toMatchObject({ mean: null, standardDeviation: null, minimum: null, maximum: null });
          return;
        }
        expect(age.minimum).toBe(Math.min(...others) + 0);
        expect(age.maximum).toBe(Math.max(...others) + 0);
        expect(age.mean).toBeCloseTo(meanOf(others), 6);
        expect(age.finiteMean).toBeCloseTo(meanOf(values), 6);
        expect(Math.min(...(age.quantiles ?? []).map(Number))).toBeGreaterThanOrEqual(Math.min(...others));
      }),
      { numRuns: 25 },
    );
  });

  it('moves its coverage and not its mean when more of it is not filled in', async () => {
    const [few, many] = [await profileOf([NOTHING, 1, 2, 3]), await profileOf([NOTHING, NOTHING, NOTHING, 1, 2, 3])];

    expect([few, many].map((age) => deriveStatistics(age).statistics)).toMatchObject([
      { mean: 2, q50: 2, coverage: 0.75, default_rate: 0.25 },
      { mean: 2, q50: 2, coverage: 0.5, default_rate: 0.5 },
    ]);
  });

  it('lies as far from its reference as all finite values do, also where nothing else is left', async () => {
    const healthy = [NOTHING, 10, 20, 30];
    const [before] = await createDuckdbEngine().open(plan(await fileOf(healthy), { columns: [declared] }), windows, {
      work: async (opened) => (await opened.reference(windows)).columns,
    });
    const column = before && referenceColumn(before);
    if (column === undefined) throw new Error('no reference');
    const distanceOf = async (values: readonly number[]) => {
      const aggregate = await profileOf(values, column.bins);
      const row = deriveStatistics(aggregate);
      const compared = compareWithReference(
        { ...row, statistics: { ...row.statistics, wasserstein: null } },
        aggregate,
        { version: 1, column },
      );
      return compared.statistics.wasserstein;
    };

    expect(await distanceOf(healthy)).toBeCloseTo(0, 9);
    // Every value goes to the default: by 0, 210, 220 and 230, in deviations of the reference.
    const moved = (210 + 220 + 230) / 4 / deviationOf(healthy);
    expect(await distanceOf([NOTHING, NOTHING])).toBeCloseTo(moved, 1);
  });

  it('keeps zeros as values where nothing is declared', async () => {
    const [, age] = await createDuckdbEngine().profile(
      plan(await fileOf([0, 4]), { columns: [feature('age', 'numeric')] }),
      windows,
    );

    expect(age).toMatchObject({ mean: 2, minimum: 0, defaults: 1 });
    expect(age).not.toHaveProperty('finiteMean');
  });
});

async function profileOf(values: readonly number[], bins?: Bins): Promise<ColumnAggregate> {
  const found = await createDuckdbEngine().open(plan(await fileOf(values), { columns: [declared] }), windows, {
    work: (opened) => opened.profile(windows, bound(bins)),
  });
  const age = found.find(({ column }) => column === 'age');
  if (age === undefined) throw new Error('no aggregate');
  return age;
}

function bound(bins: Bins | undefined) {
  return { bins: bins === undefined ? {} : { age: bins } };
}

function fileOf(values: readonly number[]): Promise<string> {
  const list = values.map((value) => `'${Object.is(value, -0) ? 0 : value}'`).join(', ');
  return parquetFile(
    folder,
    'rows.parquet',
    `SELECT TIMESTAMP '2026-03-01 10:00' AS at, unnest([${list}]::DOUBLE[]) AS age`,
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

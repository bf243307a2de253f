import { describe, expect, it } from 'vitest';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { deriveStatistics } from '../../../src/statistics/index.ts';
import { days, feature, parquetFile, plan, profiled } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const columns = [feature('v', 'embedding')];

function vectors(name: string, values: readonly string[], type = 'DOUBLE[]'): Promise<string> {
  const cells = values.map((value, i) => `(TIMESTAMP '2026-03-0${1 + Math.floor(i / 10)} 10:00', ${value}::${type})`);
  return parquetFile(folder, name, `SELECT * FROM (VALUES ${cells.join(', ')}) AS rows("at", v)`);
}

describe('an embedding', () => {
  it('is told by its norms, its dimensions, and vectors that are zero, broken or of another length', async () => {
    const location = await vectors('v.parquet', [
      '[3, 4]',
      '[6, 8]',
      '[0, 0]',
      '[1, 0, 0]',
      "[1, 'NaN'::DOUBLE]",
      '[NULL, 1]',
      '[]',
      'NULL',
    ]);

    const derived = deriveStatistics((await profiled(location, { columns })).get('v') ?? never());

    // Norms 5, 10, 0 and 1 of the four finite vectors; first dimension 3, 6, 0, 1, second 4, 8, 0, 0.
    expect(derived.statistics).toMatchObject({
      mean_norm: 4,
      missing_rate: 1 / 8,
      non_finite_rate: 3 / 8,
      default_rate: 1 / 8,
      coverage: 3 / 8,
      wrong_length_rate: 2 / 8,
    });
    expect(derived.dimensionMeans).toEqual({ 0: 2.5, 1: 3 });
  });

  it('is measured by the length of the reference, even when all of a day have another', async () => {
    const location = await vectors('length.parquet', [...Array(10).fill('[1, 2, 3]'), ...Array(10).fill('[1, 2]')]);
    const [first, second] = [days('2026-03-01', 1), days('2026-03-02', 1)];

    const changed = await createDuckdbEngine().open(plan(location, { columns }), [...first, ...second], {
      work: async (opened) => {
        const { columns: built } = await opened.reference(first);
        const bins = Object.fromEntries(built.map((each) => [each.aggregate.column, each.bins]));
        expect(bins).toEqual({ v: { kind: 'embedding', length: 3 } });
        return (await opened.profile(second, { bins })).at(-1)?.vectors;
      },
    });

    expect(changed).toMatchObject({ wrongLength: 10, dimensionMeans: { 0: 1, 1: 2, 2: null } });
  });

  it('of many dimensions keeps the means of 64, evenly spaced', async () => {
    const location = await vectors('long.parquet', ['(SELECT list(i) FROM range(768) AS r(i))'], 'FLOAT[768]');

    const means = (await profiled(location, { columns })).get('v')?.vectors?.dimensionMeans ?? {};

    expect(Object.entries(means).slice(0, 3)).toEqual([
      ['0', 0],
      ['12', 12],
      ['24', 24],
    ]);
    expect(Object.keys(means)).toHaveLength(64);
  });

  it('without a single vector has neither norm nor dimensions', async () => {
    const location = await vectors('none.parquet', ['NULL', '[]']);

    const { vectors: told } = (await profiled(location, { columns })).get('v') ?? never();

    expect(told).toEqual({ meanNorm: null, wrongLength: 0, dimensionMeans: {} });
  });
});

function never(): never {
  throw new Error('no aggregate of the column');
}

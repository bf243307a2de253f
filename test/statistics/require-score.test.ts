import { describe, expect, it } from 'vitest';
import type { TableDescription } from '../../src/domain/model.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import { planProfile } from '../../src/statistics/index.ts';
import { parquetFile } from '../engines/duckdb/profiled.ts';
import { temporaryFolder } from '../engines/duckdb/temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();

/** A table of hours with an age and the column `x`. */
async function planWith(sql: string, given: Partial<TableDescription> = {}) {
  const location = await parquetFile(
    folder,
    `${sql.replaceAll(/\W+/g, '-')}.parquet`,
    `SELECT TIMESTAMP '2026-03-01' + to_hours(CAST(i AS INTEGER)) AS at, i % 40 + 0.5 AS age, i % 2 = 0 AS clicked, ${sql} AS x
     FROM range(100) t(i)`,
  );
  const table: TableDescription = {
    ...{ source: { location }, timeColumn: 'at', zone: 'UTC', granularity: 'day', scoreColumn: 'x' },
    ...{ declaredKinds: {}, defaults: {}, ...given },
  };
  return planProfile(table, await engine.describe(table.source)).columns.find(({ role }) => role === 'score')?.kind;
}

describe('the column that is to be the score', () => {
  it.each([
    ['names of countries', "['Norway', 'Italy'][i % 2 + 1]", /type VARCHAR: text, 2 different values/],
    ['names with a stray number', "CASE WHEN i = 3 THEN '7' ELSE 'Norway' END", /type VARCHAR: text/],
    ['a time', "TIMESTAMP '2026-03-01'", /type TIMESTAMP: a time/],
    ['decimal commas, which nobody reads', "i || ',25'", /decimal comma/],
    ['a list', '[i, i]', /type BIGINT\[\]/],
  ])('is refused where it holds %s, with those that could be one', async (_what, sql, found) => {
    const planned = planWith(sql, { labelColumn: 'clicked' });

    await expect(planned).rejects.toMatchObject({ code: 'usage.invalid', message: expect.stringMatching(found) });
    await expect(planned).rejects.toThrow(/a score column of numbers.* Name one of "age", or leave the score out\./);
  });

  it.each([
    ['numbers', 'i / 7', 'numeric'],
    ['numbers as text', "(i / 7) || ''", 'numeric'],
    ['numbers as text beside many markers', "CASE WHEN i % 5 = 0 THEN i || '.5' ELSE 'n/a' END", 'numeric'],
    ['truths as text', "['yes', 'no'][i % 2 + 1]", 'boolean'],
    ['no value yet', 'CAST(NULL AS VARCHAR)', 'numeric'],
    ['codes', 'i % 3', 'numeric'],
  ])('is taken where it holds %s', async (_what, sql, kind) => {
    expect(await planWith(sql)).toBe(kind);
  });

  it('is what a person declares it to be', async () => {
    expect(await planWith("['b', 'a'][i % 2 + 1]", { declaredKinds: { x: 'categorical' } })).toBe('categorical');
  });
});

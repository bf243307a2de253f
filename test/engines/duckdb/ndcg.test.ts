import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnAggregate } from '../../../src/domain/profile.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { days, parquetFile, plan, profiled, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const COLUMNS = {
  labelColumn: 'y',
  queryColumn: 'q',
  columns: [{ name: 'p', role: 'score', kind: 'numeric' }],
} as const;
const AT = "TIMESTAMP '2026-03-01 10:00'";

interface Request {
  readonly q: string;
  readonly p: number;
  readonly y: number;
}

const request = fc.record({
  q: fc.constantFrom('a', 'b'),
  p: fc.constantFrom(0.1, 0.5, 0.9, 1e9),
  y: fc.constantFrom(0, 0, 1, 2, 0.5, 31),
});

describe('NDCG@10', () => {
  it('is the mean over all orders of what ties, whatever the order of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
        const one = await ndcgOf(requests);
        const other = await ndcgOf(requests.toReversed());

        const expected = byHand(requests);
        if (expected === null) expect(one).toBeNull();
        else expect(one).toBeCloseTo(expected, 10);
        expect(other).toBe(one);
      }),
      { numRuns: 25 },
    );
  });

  it('is exactly 1 for a perfect ranking, and never more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 15 }), async (labels) => {
        const perfect = await ndcgOf([{ q: 'a', p: 0, y: 1 }, ...labels.map((y) => ({ q: 'b', p: y / 7, y }))]);
        const worst = await ndcgOf([{ q: 'a', p: 0, y: 1 }, ...labels.map((y) => ({ q: 'b', p: -y / 7, y }))]);

        expect(perfect).toBe(1);
        expect(worst).toBeLessThanOrEqual(1);
      }),
      { numRuns: 15 },
    );
  });

  it('looks at the first ten ranks only', async () => {
    const last = (rank: number) => Array.from({ length: 12 }, (_, i) => ({ q: 'a', p: -i, y: i + 1 === rank ? 1 : 0 }));

    expect(await ndcgOf(last(10))).toBeCloseTo(1 / Math.log2(11), 12);
    expect(await ndcgOf(last(11))).toBe(0);
  });

  it.each([
    ['negative', '-1', '-1'],
    ['beyond 31', '1e308', '1e+308'],
  ])('leaves out a query with a label that is %s, and says so', async (name, label, example) => {
    const score = await scored(
      `${name}.parquet`,
      `SELECT ${AT} AS at, * FROM (VALUES ('a', 0.9, 1::DOUBLE), ('a', 0.8, ${label}), ('b', 0.1, 1), ('b', 0.2, 0)) AS t(q, p, y)`,
    );

    expect(score.observed?.ndcgAt10).toBeCloseTo(1 / Math.log2(3), 12);
    expect(score.problems).toEqual([
      {
        code: 'label_unusable',
        text: `1 of 4 labels is no grade from 0 to 31, the lowest of them ${example}; NDCG@10 leaves 1 query out`,
      },
    ]);
  });

  it('has no value where every query has such a label', async () => {
    const score = await scored('none.parquet', `SELECT ${AT} AS at, 1 AS q, 0.5 AS p, 32 AS y`);

    expect(score).toMatchObject({
      mean: 0.5,
      observed: { rows: 1, ndcgAt10: null },
      problems: [{ code: 'label_unusable' }],
    });
  });

  it.each([
    ['whole numbers', '7'],
    ['decimals', '7.5'],
    ['dates', "DATE '2026-01-01'"],
    ['truths', 'true'],
    ['identifiers', "'0d5c5f0e-5b5a-4f5c-9d5c-0d5c5f0e5b5a'::UUID"],
    ['long texts', "repeat('x', 5000000)"],
  ])('takes %s as queries', async (name, sql) => {
    const rows = `(VALUES (0.9, 0), (0.5, 1)) AS t(p, y)`;
    const score = await scored(`${name}.parquet`, `SELECT ${AT} AS at, *, ${sql} AS q FROM ${rows}`);

    expect(score.observed?.ndcgAt10).toBeCloseTo(1 / Math.log2(3), 12);
  });

  it('tells long queries apart by their whole text', async () => {
    const rows = `(VALUES (0.9, 0, 'a'), (0.5, 1, 'b')) AS t(p, y, last)`;
    const score = await scored('long.parquet', `SELECT ${AT} AS at, p, y, repeat('x', 1000) || last AS q FROM ${rows}`);

    expect(score.observed?.ndcgAt10).toBe(1);
  });

  it.each([
    ['nested', "{'a': 1}", /of type STRUCT/],
    ['empty', 'NULL::VARCHAR', /no row with a label and a score has a query in "q"/],
    ['blank', "' '", /no row with a label and a score has a query/],
    ['not-a-number', "'nan'::DOUBLE", /no row with a label and a score has a query/],
  ])('says what is wrong with queries that are %s', async (name, sql, text) => {
    const score = await scored(`${name}.parquet`, `SELECT ${AT} AS at, 0.5 AS p, 1 AS y, ${sql} AS q`);

    expect(score).toMatchObject({
      mean: 0.5,
      observed: { rows: 1, labels: 1, ndcgAt10: null },
      problems: [{ code: 'query_missing', text: expect.stringMatching(text) }],
    });
  });

  it('says nothing of queries while there are no labels', async () => {
    const score = await scored('early.parquet', `SELECT ${AT} AS at, 0.5 AS p, NULL::INTEGER AS y, 1 AS q`);

    expect(score).toMatchObject({ observed: { rows: 0, ndcgAt10: null }, problems: [] });
  });

  it('counts a query that straddles windows in each by its rows', async () => {
    const rows = `(VALUES (TIMESTAMP '2026-03-01 23:59', 0.9, 0), (TIMESTAMP '2026-03-01 23:59', 0.5, 1),
      (TIMESTAMP '2026-03-02 00:00', 0.1, 3), (TIMESTAMP '2026-03-02 00:01', 0.2, 3)) AS t("at", p, y)`;
    const location = await parquetFile(folder, 'straddling.parquet', `SELECT *, 'a' AS q FROM ${rows}`);

    const aggregates = await createDuckdbEngine().profile(plan(location, COLUMNS), days('2026-03-01', 2));

    const found = aggregates.filter(({ column }) => column === 'p').map(({ observed }) => observed?.ndcgAt10);
    expect(found[0]).toBeCloseTo(1 / Math.log2(3), 12);
    expect(found[1]).toBe(1);
  });

  it('reads a text file whose queries become words after the rows that the types were guessed from', async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, i) => `2026-03-01 10:00:00,${i % 2},${i % 2},${i < 39_000 ? 3 : 'zz'}`,
    );
    const location = textFile(folder, 'late.csv', `at,p,y,q\n${rows.join('\n')}\n`);

    const score = (await profiled(location, COLUMNS)).get('p');

    expect(score).toMatchObject({ mean: 0.5, observed: { ndcgAt10: 1 }, problems: [] });
  });

  it.each([
    ['labels', { queryColumn: 'q', columns: COLUMNS.columns }],
    ['queries', { labelColumn: 'y', columns: COLUMNS.columns }],
  ])('is not computed without a column of %s', async (name, overrides) => {
    const location = await parquetFile(folder, `no-${name}.parquet`, `SELECT ${AT} AS at, 0.5 AS p, 1 AS y, 1 AS q`);

    const score = (await profiled(location, overrides)).get('p');

    expect(score?.observed?.ndcgAt10 ?? null).toBeNull();
    expect(score?.problems).toEqual([]);
  });
});

let files = 0;

async function ndcgOf(requests: readonly Request[]): Promise<number | null> {
  files += 1;
  const values = requests.map(({ q, p, y }) => `('${q}', ${p}::DOUBLE, ${y}::DOUBLE)`).join(', ');
  const score = await scored(`${files}.parquet`, `SELECT ${AT} AS at, * FROM (VALUES ${values}) AS t(q, p, y)`);
  return score.observed?.ndcgAt10 ?? null;
}

async function scored(name: string, sql: string): Promise<ColumnAggregate> {
  const score = (await profiled(await parquetFile(folder, name, sql), COLUMNS)).get('p');
  if (score === undefined) throw new Error('no score');
  return score;
}

/** Every request by itself: the mean discount of the ranks that those of its score share. */
function byHand(requests: readonly Request[]): number | null {
  const discount = (rank: number) => (rank > 10 ? 0 : 1 / Math.log2(1 + rank));
  const gain = (y: number) => 2 ** y - 1;
  const dcg = (of: readonly Request[], by: 'p' | 'y') =>
    of.reduce((sum, one) => {
      const above = of.filter((other) => other[by] > one[by]).length;
      const tied = of.filter((other) => other[by] === one[by]).length;
      const shared = Array.from({ length: tied }, (_, i) => discount(above + i + 1));
      return sum + (gain(one.y) * shared.reduce((a, b) => a + b, 0)) / tied;
    }, 0);
  const queries = [...new Set(requests.map(({ q }) => q))].map((q) => requests.filter((each) => each.q === q));
  const each = queries.flatMap((of) => (dcg(of, 'y') > 0 ? [dcg(of, 'p') / dcg(of, 'y')] : []));
  return each.length === 0 ? null : each.reduce((a, b) => a + b, 0) / each.length;
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createDuckdbEngine, writeParquet } from '../../../src/engines/duckdb/index.ts';
import { days, feature, parquetFile, plan, profiled, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
const CSV = 'at,age,city\n2026-03-01T10:00:00Z,4,Oslo\n2026-03-01T11:00:00Z,,Rome\n';

describe('sources', () => {
  it.each([
    ['plain.csv', CSV],
    ['semicolons.csv', CSV.replaceAll(',', ';')],
    ['tabs.tsv', CSV.replaceAll(',', '\t')],
    ['windows.csv', CSV.replaceAll('\n', '\r\n')],
    ['apostrophes.csv', CSV.replaceAll(/[^,\n]+/g, "'$&'")],
    ['marked.csv', `\uFEFF${CSV}`],
    [
      'lines.jsonl',
      '{"at":"2026-03-01T10:00:00Z","age":4,"city":"Oslo"}\n{"at":"2026-03-01T11:00:00Z","age":null,"city":"Rome"}\n',
    ],
    [
      'sparse.ndjson',
      '{"at":"2026-03-01T10:00:00Z","age":4,"city":"Oslo"}\n{"city":"Rome","at":"2026-03-01T11:00:00Z"}\n',
    ],
  ])('reads %s', async (name, text) => {
    const location = textFile(folder, name, text);

    const columns = await profiled(location, { columns: [feature('age', 'numeric'), feature('city', 'categorical')] });

    expect(columns.get('age')).toMatchObject({ rows: 2, missing: 1, mean: 4 });
    expect(columns.get('city')).toMatchObject({
      distinct: 2,
      categories: [
        { value: 'Oslo', rows: 1 },
        { value: 'Rome', rows: 1 },
      ],
    });
  });

  it('reads a compressed CSV', async () => {
    const location = join(folder, 'packed.csv.gz');
    writeFileSync(location, gzipSync(CSV));

    expect((await profiled(location)).get('*')?.rows).toBe(2);
  });

  it('reads a file of another ending when the format is stated', async () => {
    const location = textFile(folder, 'export.txt', CSV);

    const description = await engine.describe({ location, format: 'csv' });

    expect(description).toMatchObject({ rows: 2, columns: [{ name: 'at' }, { name: 'age' }, { name: 'city' }] });
    await expect(engine.describe({ location })).rejects.toMatchObject({ code: 'source.unreadable' });
  });

  it('reads a folder and a glob of files that differ in columns', async () => {
    await parquetFile(folder, 'many/day=1/a.parquet', "SELECT TIMESTAMP '2026-03-01 10:00' AS at, 1 AS age");
    await parquetFile(folder, 'many/day=2/b.parquet', "SELECT TIMESTAMP '2026-03-02 10:00' AS at, 2.5 AS size");
    const wanted = { columns: [feature('age', 'numeric'), feature('size', 'numeric')] };

    for (const location of [join(folder, 'many'), `${join(folder, 'many')}/`, join(folder, 'many/*/*.parquet')]) {
      const aggregates = await engine.profile(plan(location, wanted), days('2026-03-01', 2));

      expect(aggregates.map((each) => [each.window.key, each.column, each.mean, each.missing])).toEqual([
        ['2026-03-01', '*', null, 0],
        ['2026-03-01', 'age', 1, 0],
        ['2026-03-01', 'size', null, 1],
        ['2026-03-02', '*', null, 0],
        ['2026-03-02', 'age', null, 1],
        ['2026-03-02', 'size', 2.5, 0],
      ]);
    }
  });

  it('takes an existing name literally, even when it looks like a glob', async () => {
    await parquetFile(folder, 'odd/a[1]*.parquet', "SELECT TIMESTAMP '2026-03-01 10:00' AS at");
    await parquetFile(folder, 'odd/a1z.parquet', "SELECT TIMESTAMP '2026-03-01 10:00' AS at FROM range(5)");

    expect((await engine.describe({ location: join(folder, 'odd/a[1]*.parquet') })).rows).toBe(1);
    expect((await profiled(join(folder, 'odd/a[1]*.parquet'))).get('*')?.rows).toBe(1);
  });

  it('reads a path with a quote in it', async () => {
    const location = await parquetFile(folder, "it's/a b.parquet", "SELECT TIMESTAMP '2026-03-01 10:00' AS at");

    expect((await profiled(location)).get('*')?.rows).toBe(1);
  });

  it.each(['nowhere.parquet', 'no/folder', '*.nothing.csv', ''])('says that nothing is at %j', async (location) => {
    const wanted = location === '' ? '' : join(folder, location);

    await expect(engine.describe({ location: wanted })).rejects.toMatchObject({ code: 'source.not_found' });
  });

  it('says that a folder has no files it can read', async () => {
    textFile(folder, 'papers/note.txt', 'hello');

    await expect(engine.describe({ location: join(folder, 'papers') })).rejects.toMatchObject({
      code: 'source.not_found',
    });
  });

  it.each([
    ['broken.parquet', 'this is no parquet file at all, only some text', /magic bytes|footer/],
    ['short.parquet', 'x', /too small to be a Parquet file/],
    ['broken.jsonl', '{"at": 1}\nnot json\n', /Malformed JSON/],
    ['latin.csv', Buffer.from('at,word\n2026-03-01,\xe9\xff\n', 'latin1'), /not utf-8/],
  ])('gives the engine’s reason for %s, without its own name for it', async (name, text, reason) => {
    const location = join(folder, name);
    writeFileSync(location, text);

    await expect(engine.describe({ location })).rejects.toMatchObject({
      code: 'source.unreadable',
      message: expect.stringMatching(reason),
    });
    await expect(engine.describe({ location })).rejects.toMatchObject({
      message: expect.not.stringMatching(/Error|\.\./),
    });
  });

  it('gives the engine’s reason for a Parquet file that was cut off', async () => {
    const whole = await parquetFile(
      folder,
      'whole.parquet',
      "SELECT TIMESTAMP '2026-03-01' AS at, i FROM range(1000) t(i)",
    );
    const bytes = readFileSync(whole);
    const location = join(folder, 'cut.parquet');
    writeFileSync(location, bytes.subarray(0, bytes.length - 20));

    await expect(engine.describe({ location })).rejects.toMatchObject({ code: 'source.unreadable' });
  });

  it('describes an empty table with its columns and 0 rows', async () => {
    const parquet = await parquetFile(
      folder,
      'none.parquet',
      "SELECT TIMESTAMP '2026-03-01' AS at, 'x' AS word LIMIT 0",
    );
    const csv = textFile(folder, 'none.csv', 'at,word\n');

    for (const location of [parquet, csv]) {
      expect(await engine.describe({ location })).toMatchObject({
        rows: 0,
        columns: [
          { name: 'at', rowsInSample: 0 },
          { name: 'word', rowsInSample: 0, distinctInSample: 0 },
        ],
      });
    }
  });

  it.each(['nothing.csv', 'nothing.jsonl', 'nothing.parquet'])('says that %s is empty', async (name) => {
    const location = textFile(folder, name, '');

    await expect(engine.describe({ location })).rejects.toMatchObject({ code: 'source.empty' });
    await expect(engine.describe({ location })).rejects.toThrow(`Expected rows in ${location}, got an empty file (0`);
  });

  it('refuses a segment column of nested values', async () => {
    const location = await parquetFile(folder, 'nested.parquet', "SELECT TIMESTAMP '2026-03-01' AS at, [1, 2] AS pair");

    await expect(profiled(location, { segmentColumn: 'pair' })).rejects.toMatchObject({
      code: 'usage.invalid',
      message: expect.stringContaining('"pair" of type INTEGER[]'),
    });
  });
});

describe('many windows', () => {
  it('computes more windows than one scan takes', async () => {
    const location = await parquetFile(
      folder,
      'years.parquet',
      "SELECT TIMESTAMP '2020-01-01' + to_days(i::INTEGER) AS at, i AS age FROM range(1000) t(i)",
    );

    const aggregates = await engine.profile(
      plan(location, { columns: [feature('age', 'numeric')] }),
      days('2020-01-01', 1000),
    );

    expect(aggregates.filter((each) => each.column === 'age').map((each) => each.mean)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i),
    );
  });
});

describe('writeParquet', () => {
  it('writes the rows of a query and says how many', async () => {
    expect(await writeParquet('SELECT 1 AS a FROM range(7)', join(folder, 'seven.parquet'))).toBe(7);
  });

  it('leaves nothing behind when the query fails', async () => {
    await expect(writeParquet("SELECT error('no')", join(folder, 'failed/x.parquet'))).rejects.toThrow();
    await expect(writeParquet("SELECT error('no')", join(folder, 'failed.parquet'))).rejects.toThrow();

    expect(readdirSync(folder).filter((name) => name.startsWith('failed'))).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { days, feature, parquetFile, plan, profiled, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const AT = "TIMESTAMP '2026-03-01 10:00' AS at";
const GOOD = '5.0::DOUBLE AS good';

describe('a column that is odd', () => {
  it.each([
    {
      name: 'all null',
      sql: 'NULL::DOUBLE',
      kind: 'numeric',
      expected: { rows: 2, missing: 2, mean: null, problems: [] },
    },
    {
      name: 'all null text',
      sql: 'NULL::VARCHAR',
      kind: 'categorical',
      expected: { missing: 2, categories: [], distinct: 0 },
    },
    { name: 'a decimal', sql: '12.34::DECIMAL(38,2)', kind: 'numeric', expected: { mean: 12.34, defaults: 0 } },
    { name: 'a decimal zero', sql: '0.00::DECIMAL(18,2)', kind: 'numeric', expected: { mean: 0, defaults: 2 } },
    {
      name: 'a huge whole number',
      sql: '170141183460469231731687303715884105727::HUGEINT',
      kind: 'numeric',
      expected: { mean: 2 ** 127 },
    },
    {
      name: 'a whole number beyond 2^53',
      sql: '9007199254740993::BIGINT',
      kind: 'numeric',
      expected: { mean: 2 ** 53, missing: 0 },
    },
    {
      name: 'numbers as text',
      sql: "' 7 '",
      kind: 'numeric',
      expected: { mean: 7, missing: 0, nonFinite: 0, problems: [] },
    },
    { name: 'blank text for numbers', sql: "' '", kind: 'numeric', expected: { mean: null, missing: 2, nonFinite: 0 } },
    {
      name: 'words for numbers',
      sql: "'n/a'",
      kind: 'numeric',
      expected: { mean: null, missing: 0, nonFinite: 2, problems: [{ code: 'type_changed' }] },
    },
    {
      name: 'words for truths',
      sql: "'perhaps'",
      kind: 'boolean',
      expected: { mean: null, nonFinite: 2, problems: [{ code: 'type_changed' }] },
    },
    { name: 'truths as text', sql: "'TRUE'", kind: 'boolean', expected: { mean: 1, nonFinite: 0, problems: [] } },
    { name: 'truths as numbers', sql: 'true', kind: 'numeric', expected: { mean: 1 } },
    {
      name: 'numbers as categories',
      sql: '7',
      kind: 'categorical',
      expected: { categories: [{ value: '7', rows: 2 }] },
    },
    {
      name: 'nested values',
      sql: "{'a': 1}",
      kind: 'numeric',
      expected: { rows: 2, mean: null, problems: [{ code: 'unreadable' }] },
    },
    {
      name: 'nested categories',
      sql: "MAP {'a': 1}",
      kind: 'categorical',
      expected: { categories: null, problems: [{ code: 'unreadable' }] },
    },
    {
      name: 'a number where vectors were',
      sql: '1.0',
      kind: 'embedding',
      expected: { problems: [{ code: 'unreadable' }] },
    },
    {
      name: 'a vector',
      sql: '[1.0, 2.0]',
      kind: 'embedding',
      expected: { missing: 0, nonFinite: 0, defaults: 0, problems: [] },
    },
    {
      name: 'a fixed vector of zeros',
      sql: '[0, 0]::FLOAT[2]',
      kind: 'embedding',
      expected: { defaults: 2, nonFinite: 0 },
    },
    { name: 'a vector with a gap', sql: '[1.0, NULL]', kind: 'embedding', expected: { nonFinite: 2 } },
    {
      name: 'a sum beyond the largest number',
      sql: '1e308::DOUBLE',
      kind: 'numeric',
      expected: { mean: null, minimum: 1e308 },
    },
  ] as const)('keeps the others going: $name', async ({ name, sql, kind, expected }) => {
    const location = await parquetFile(
      folder,
      `${name.replaceAll(' ', '-')}.parquet`,
      `SELECT ${AT}, ${GOOD}, ${sql} AS odd FROM range(2)`,
    );

    const columns = await profiled(location, { columns: [feature('odd', kind), feature('good', 'numeric')] });

    expect(columns.get('odd')).toMatchObject(expected);
    expect(columns.get('good')).toMatchObject({ rows: 2, mean: 5, problems: [] });
  });

  it('loses only the column whose moments overflow, and says why', async () => {
    const location = await parquetFile(
      folder,
      'overflow.parquet',
      `SELECT ${AT}, ${GOOD}, CASE WHEN i = 0 THEN 1e300 ELSE -1e300 END AS odd, 'x' AS word FROM range(2) t(i)`,
    );

    const columns = await profiled(location, {
      columns: [feature('odd', 'numeric'), feature('good', 'numeric'), feature('word', 'categorical')],
    });

    expect(columns.get('odd')).toMatchObject({
      rows: 2,
      mean: null,
      problems: [{ code: 'unreadable', text: expect.stringMatching(/out of range/i) }],
    });
    expect(columns.get('good')).toMatchObject({ mean: 5, problems: [] });
    expect(columns.get('word')).toMatchObject({ categories: [{ value: 'x', rows: 2 }], problems: [] });
  });

  it.each([
    'we "quoted" it',
    "it's",
    'two words',
    '🦊',
    'at_us',
    'segment',
    'w',
    'n',
    'c0',
    'c1',
    'select',
    '',
    ' ',
    'a;b--',
    'Ünïcode',
    '"',
  ])('reads a column named %j', async (name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const sql =
      name === '' ? undefined : `SELECT ${AT}, 3 AS ${quoted}, 'x' AS ${quoted.slice(0, -1)}_text" FROM range(2)`;
    if (sql === undefined) return;
    const location = await parquetFile(folder, 'names.parquet', sql);

    const columns = await profiled(location, {
      segmentColumn: `${name}_text`,
      columns: [feature(name, 'numeric'), feature(`${name}_text`, 'categorical')],
    });

    expect(columns.get(name)).toMatchObject({ mean: 3, problems: [] });
    expect(columns.get(`${name}_text`)).toMatchObject({ categories: [{ value: 'x', rows: 2 }], problems: [] });
  });

  it('cuts long texts, so that no value of ten million characters travels', async () => {
    const location = await parquetFile(
      folder,
      'long.parquet',
      `SELECT ${AT}, repeat('ab', 5000000) AS odd FROM range(2)`,
    );

    const odd = (await profiled(location, { columns: [feature('odd', 'categorical')] })).get('odd');
    const description = await createDuckdbEngine().describe({ location });

    expect(odd?.categories).toEqual([{ value: 'ab'.repeat(100), rows: 2 }]);
    expect(description.columns[1]).toMatchObject({ name: 'odd', meanTextLength: 10_000_000 });
  });

  it('keeps a category that looks like SQL a text', async () => {
    const location = await parquetFile(
      folder,
      'sql.parquet',
      `SELECT ${AT}, '''); DROP TABLE x; --' AS odd FROM range(2)`,
    );

    const odd = (await profiled(location, { columns: [feature('odd', 'categorical')] })).get('odd');

    expect(odd?.categories).toEqual([{ value: "'); DROP TABLE x; --", rows: 2 }]);
  });

  it('reads a CSV column whose words come after the rows that the types were guessed from', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `2026-03-01 10:00:00,${i < 39_000 ? i % 10 : 'zz'},1`);
    const location = textFile(folder, 'late.csv', `at,odd,good\n${rows.join('\n')}\n`);

    const columns = await profiled(location, { columns: [feature('odd', 'numeric'), feature('good', 'numeric')] });

    expect(columns.get('odd')).toMatchObject({
      rows: 40_000,
      nonFinite: 1000,
      mean: 4.5,
      problems: [{ code: 'type_changed', text: '1,000 of 40,000 values are no number, such as "zz"', rows: 1000 }],
    });
    expect(columns.get('good')).toMatchObject({ mean: 1, problems: [] });
  });

  it('reads a JSONL column whose words come after the rows that the types were guessed from', async () => {
    const rows = Array.from(
      { length: 30_000 },
      (_, i) => `{"at":"2026-03-01T10:00:00Z","odd":${i < 29_000 ? 3 : '"zz"'},"good":1}`,
    );
    const location = textFile(folder, 'late.jsonl', `${rows.join('\n')}\n`);

    const columns = await profiled(location, { columns: [feature('odd', 'numeric'), feature('good', 'numeric')] });

    expect(columns.get('odd')).toMatchObject({
      rows: 30_000,
      nonFinite: 1000,
      mean: 3,
      problems: [{ code: 'type_changed' }],
    });
    expect(columns.get('good')).toMatchObject({ mean: 1, problems: [] });
  });

  it('reads the good columns of a CSV with many categories once, and the odd one all the same', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `2026-03-01 10:00:00,${i < 39_000 ? 3 : 'zz'},a,b${i % 2},c`);
    const location = textFile(folder, 'staged.csv', `at,odd,one,two,three\n${rows.join('\n')}\n`);
    const words = ['one', 'two', 'three'].map((name) => feature(name, 'categorical'));

    const broken = await profiled(location, { columns: [feature('odd', 'numeric'), ...words] });
    const staged = await profiled(location, { columns: words });

    expect(broken.get('odd')).toMatchObject({ mean: 3, nonFinite: 1000, problems: [{ code: 'type_changed' }] });
    for (const { name } of words) expect(broken.get(name)).toEqual(staged.get(name));
    expect(staged.get('two')?.categories).toEqual([
      { value: 'b0', rows: 20_000 },
      { value: 'b1', rows: 20_000 },
    ]);
  });

  it('keeps the form of dates that it guessed when another column breaks the reading', async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, i) => `03/${i % 2 ? '01' : '25'}/2026,${i < 39_000 ? 3 : 'zz'},a,b,c`,
    );
    const location = textFile(folder, 'dates.csv', `at,odd,one,two,three\n${rows.join('\n')}\n`);
    const words = ['one', 'two', 'three'].map((name) => feature(name, 'categorical'));

    const columns = await profiled(location, { columns: [feature('odd', 'numeric'), ...words] });

    expect(columns.get('*')?.rows).toBe(20_000);
    expect(columns.get('odd')).toMatchObject({
      rows: 20_000,
      mean: 3,
      nonFinite: 500,
      problems: [{ code: 'type_changed' }],
    });
    expect(columns.get('one')?.categories).toEqual([{ value: 'a', rows: 20_000 }]);
  });

  it('reads times of a CSV that change their form after the rows that the types were guessed from', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => (i < 29_000 ? '2026-03-01 10:00:00,1' : '1772359200,1'));
    const location = textFile(folder, 'late-times.csv', `at,good\n${rows.join('\n')}\n`);

    const columns = await profiled(location, { columns: [feature('good', 'numeric')] });

    expect(columns.get('*')?.rows).toBe(30_000);
    expect(columns.get('good')).toMatchObject({ mean: 1 });
  });

  it('reads a CSV line of ten million characters', { timeout: 60_000 }, async () => {
    const location = textFile(folder, 'long.csv', `at,odd,good\n2026-03-01 10:00:00,${'x'.repeat(10_000_000)},1\n`);

    const columns = await profiled(location, { columns: [feature('odd', 'categorical'), feature('good', 'numeric')] });

    expect(columns.get('odd')?.categories).toEqual([{ value: 'x'.repeat(200), rows: 1 }]);
    expect(columns.get('good')).toMatchObject({ mean: 1 });
  });

  it('reads a CSV of LF lines with a CR LF inside quotes, which would pass for CR LF lines', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `2026-03-01 10:00:00,"one\r\ntwo",${i}\n`);
    const location = textFile(folder, 'ends.csv', `"at","note\r\nof it",good\n${rows.join('')}`);

    const columns = await profiled(location, {
      columns: [feature('note\r\nof it', 'categorical'), feature('good', 'numeric')],
    });

    expect(columns.get('note\r\nof it')?.categories).toEqual([{ value: 'one\r\ntwo', rows: 20 }]);
    expect(columns.get('good')).toMatchObject({ mean: 9.5, problems: [] });
  });

  it('reads a column whose name begins with a byte order mark', async () => {
    const location = await parquetFile(folder, 'mark.parquet', `SELECT ${AT}, 3 AS "\ufeffgood"`);

    expect((await profiled(location, { columns: [feature('\ufeffgood', 'numeric')] })).get('\ufeffgood')?.mean).toBe(3);
  });

  it('counts a category with a NUL character, which SQL cannot hold in quotes', async () => {
    const location = await parquetFile(
      folder,
      'nul.parquet',
      `SELECT ${AT}, 'a' || chr(0) || 'b' AS odd FROM range(2)`,
    );

    const columns = await profiled(location, { segmentColumn: 'odd', columns: [feature('odd', 'categorical')] });

    expect(columns.get('odd')?.categories).toEqual([{ value: 'a\0b', rows: 2 }]);
  });

  it('takes no number but 0 and 1 for a truth', async () => {
    const location = await parquetFile(
      folder,
      'truths.parquet',
      `SELECT ${AT}, unnest([0, 1, 1, 2, -1, 'NaN'::DOUBLE, NULL]) AS odd`,
    );

    const odd = (await profiled(location, { columns: [feature('odd', 'boolean')] })).get('odd');

    expect(odd).toMatchObject({ rows: 7, missing: 1, nonFinite: 3, mean: 2 / 3 });
  });

  it('tells columns of the same name apart', async () => {
    const location = textFile(folder, 'twice.csv', 'at,age,age,Age\n2026-03-01 10:00:00,1,2,3\n');

    const names = (await createDuckdbEngine().describe({ location })).columns.map((column) => column.name);
    const columns = await profiled(location, { columns: names.slice(1).map((name) => feature(name, 'numeric')) });

    expect(names.slice(1).map((name) => columns.get(name)?.mean)).toEqual([1, 2, 3]);
  });

  it('reads one row, and no row', async () => {
    const one = await parquetFile(folder, 'one.parquet', `SELECT ${AT}, ${GOOD}`);
    const none = await parquetFile(folder, 'none.parquet', `SELECT ${AT}, ${GOOD} LIMIT 0`);

    const ofOne = await profiled(one, { columns: [feature('good', 'numeric')] });
    const ofNone = await createDuckdbEngine().profile(
      plan(none, { columns: [feature('good', 'numeric')] }),
      days('2026-03-01', 1),
    );

    expect(ofOne.get('good')).toMatchObject({ rows: 1, mean: 5, standardDeviation: 0, distinct: 1 });
    expect(ofNone).toMatchObject([{ column: '*', rows: 0 }]);
  });
});

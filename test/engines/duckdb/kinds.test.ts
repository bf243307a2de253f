import { describe, expect, it } from 'vitest';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { inferKind } from '../../../src/statistics/index.ts';
import { breakPages } from './break-pages.ts';
import { parquetFile, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

/** From real rows to a kind, so that what the sample counts and what the rules ask fit together. */
describe('kinds of real columns', () => {
  it.each([
    ['status_code', '[200, 404, 500][1 + i % 3]', 'categorical'],
    ['status_code', 'IF(i % 5 = 0, NULL, [200.0, 404.0][1 + i % 2])::DOUBLE', 'categorical'],
    ['created_at', '1767225600 + i * 60', undefined],
    ['seen', '(1767225600 + i * 60) * 1000', undefined],
    ['zip', "lpad((i % 300)::VARCHAR, 5, '0')", 'categorical'],
    ['x', "['yes', 'No', NULL, ''][1 + i % 4]", 'boolean'],
    ['x', "['true', 'false'][1 + i % 2]", 'boolean'],
    ['x', 'i % 2', 'boolean'],
    ['x', 'i % 3', 'numeric'],
    ['x', "replace((i / 7)::DECIMAL(9,2)::VARCHAR, '.', ',')", undefined],
    ['x', '(i / 7)::DECIMAL(9,2)::VARCHAR', 'numeric'],
    ['x', "strftime(DATE '2026-01-01' + (i % 300)::INTEGER, '%d.%m.%Y')", undefined],
    ['x', "strftime(DATE '2026-01-01' + (i % 300)::INTEGER, '%Y-%m-%dT%H:%M:%SZ')", undefined],
    ['x', 'uuid()::VARCHAR', undefined],
    ['x', "'{\"a\": ' || i % 5 || '}'", undefined],
    ['x', '(hash(i) // 2)::BIGINT', undefined],
    ['x', "['A1', 'B2'][1 + i % 2]", 'categorical'],
    ['x', 'NULL::VARCHAR', 'categorical'],
    ['x', 'NULL::DOUBLE', 'numeric'],
    ['x', "CASE WHEN i % 2 = 0 THEN 'NaN' ELSE '1.5' END::DOUBLE", 'numeric'],
    ['x', '(i % 4)::VARCHAR', 'categorical'],
  ])('%s of %s is %s', async (name, sql, kind) => {
    const location = await parquetFile(folder, 'kinds.parquet', `SELECT ${sql} AS ${name} FROM range(2000) AS rows(i)`);

    const [column] = (await createDuckdbEngine().describe({ location })).columns;

    expect(column && inferKind(column)).toMatchObject({ kind, reason: expect.stringMatching(/\w/) });
  });

  it('are told from text files as well', async () => {
    const rows = Array.from({ length: 1200 }, (_, i) => `0${100 + (i % 90)},${i % 2 ? 'yes' : 'no'},"${i},5",${i % 2}`);
    const location = textFile(folder, 'kinds.csv', `plz,paid,price,new\n${rows.join('\n')}\n`);

    const { columns } = await createDuckdbEngine().describe({ location });

    expect(columns.map((column) => inferKind(column).kind)).toEqual(['categorical', 'boolean', undefined, 'boolean']);
  });

  it('go on beside a column whose pages are broken', async () => {
    const location = await parquetFile(
      folder,
      'broken.parquet',
      'SELECT i % 7 AS good, i % 5 AS bad FROM range(100) t(i)',
    );
    await breakPages(location, 'bad');

    const { rows, columns } = await createDuckdbEngine().describe({ location });

    expect(rows).toBe(100);
    expect(columns.map((column) => inferKind(column))).toEqual([
      { kind: 'numeric', reason: 'type BIGINT' },
      { kind: undefined, reason: expect.stringMatching(/^cannot be read: ./) },
    ]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProfilePlan } from '../../../src/domain/profile.ts';
import { type Window, windowsBetween } from '../../../src/domain/window.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { partitionTypes, partitionValues } from '../../../src/engines/duckdb/partitions.ts';
import { days, feature, parquetFile, plan, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
let layouts = 0;

/** A folder with a Parquet file of one row per path; `age` is the position of its file. */
async function layout(paths: readonly string[], columns = ''): Promise<string> {
  layouts += 1;
  const root = `layout-${layouts}`;
  for (const [i, path] of paths.entries()) {
    await parquetFile(folder, `${root}/${path}/part-0.parquet`, `SELECT ${i} AS age${columns}`);
  }
  return join(folder, root);
}

async function rowsByWindow(location: string, of: Partial<ProfilePlan>, windows: readonly Window[]) {
  const aggregates = await engine.profile(plan(location, of), windows);
  return aggregates.filter(({ column, segment }) => column === '*' && segment === '').map((each) => each.rows);
}

describe('partitions by time', () => {
  it.each([
    ['dates', 'dt', ['dt=2026-03-01', 'dt=2026-03-02', 'dt=2026-03-04']],
    ['numbers such as 20260301', 'dt', ['dt=20260301', 'dt=20260302', 'dt=20260304']],
    ['year, month and day', 'year/month/day', ['01', '02', '04'].map((day) => `year=2026/month=03/day=${day}`)],
    ['parts without zeros', 'y/m/d', ['1', '2', '4'].map((day) => `y=2026/m=3/d=${day}`)],
    ['a date below other partitions', 'dt', ['01', '02', '04'].map((day) => `country=NO/dt=2026-03-${day}`)],
  ])('are a time column: %s', async (_, timeColumn, paths) => {
    const location = await layout(paths);

    const range = await engine.timeRange(plan(location, { timeColumn, zone: 'America/New_York' }));
    const windows = days('2026-03-01', 4, 'America/New_York');

    expect(range).toMatchObject({ firstMs: Date.parse('2026-03-01T05:00Z'), lastMs: Date.parse('2026-03-04T05:00Z') });
    expect(await rowsByWindow(location, { timeColumn, zone: 'America/New_York' }, windows)).toEqual([1, 1, 0, 1]);
  });

  it.each([
    ['year/month/day/hour', ['00', '05', '23'].map((hour) => `year=2026/month=03/day=01/hour=${hour}`)],
    ['dt/hour', ['0', '5', '23'].map((hour) => `dt=2026-03-01/hour=${hour}`)],
    ['at', ['00', '05', '23'].map((hour) => `at=2026-03-01 ${hour}%3A00%3A00`)],
  ])('are hours in UTC: %s', async (timeColumn, paths) => {
    const location = await layout(paths);
    const windows = windowsBetween(Date.parse('2026-03-01Z'), Date.parse('2026-03-02Z'), 'UTC', 'hour');

    const rows = await rowsByWindow(location, { timeColumn, granularity: 'hour' }, windows);

    expect(rows.flatMap((count, hour) => (count > 0 ? [hour] : []))).toEqual([0, 5, 23]);
  });

  it('open only the files of the windows asked for, so a broken one elsewhere does not matter', async () => {
    const location = await layout(['dt=2026-03-01', 'dt=2026-03-02', 'dt=2026-03-03']);
    writeFileSync(join(location, 'dt=2026-03-01/part-0.parquet'), 'no Parquet file');
    const wanted = { timeColumn: 'dt', columns: [feature('age', 'numeric')] };

    const aggregates = await engine.profile(plan(location, wanted), days('2026-03-02', 2));

    expect(aggregates.filter(({ column }) => column === 'age').map(({ mean }) => mean)).toEqual([1, 2]);
    await expect(engine.profile(plan(location, wanted), days('2026-03-01', 2))).rejects.toMatchObject({
      code: 'source.unreadable',
    });
  });

  it('without one in the windows are windows without rows', async () => {
    const location = await layout(['dt=2026-03-01', 'dt=2026-03-02']);

    expect(await rowsByWindow(location, { timeColumn: 'dt' }, days('2026-04-01', 2))).toEqual([0, 0]);
  });

  it('of CSV and JSONL are read in the same way', async () => {
    textFile(folder, 'csv/dt=2026-03-01/a.csv', 'age\n4\n');
    textFile(folder, 'csv/dt=2026-03-02/a.csv', 'age\n"broken\n');
    textFile(folder, 'jsonl/dt=2026-03-01/a.jsonl', '{"age":4}\n');
    textFile(folder, 'jsonl/dt=2026-03-02/a.jsonl', '{"age":');

    for (const kind of ['csv', 'jsonl']) {
      const wanted = plan(join(folder, kind), { timeColumn: 'dt', columns: [feature('age', 'numeric')] });
      expect((await engine.profile(wanted, days('2026-03-01', 1))).at(-1)).toMatchObject({ rows: 1, mean: 4 });
    }
  });

  it('that are no time in one place are in no window', async () => {
    const location = await layout(['dt=2026-03-01', 'dt=__HIVE_DEFAULT_PARTITION__']);

    expect(await engine.timeRange(plan(location, { timeColumn: 'dt' }))).toMatchObject({ unplacedRows: 1 });
    expect(await rowsByWindow(location, { timeColumn: 'dt' }, days('2026-03-01', 2))).toEqual([1, 0]);
  });

  it.each([
    ['year/month', /as year\/month\/day, year\/month\/day\/hour, date\/hour or date\/time/],
    ['year/weather', /"year\/weather"/],
  ])('are refused where they make no time: %s', async (timeColumn, message) => {
    const location = await layout(['year=2026/month=may/day=01']);

    await expect(engine.timeRange(plan(location, { timeColumn }))).rejects.toThrow(message);
  });
});

describe('other partitions', () => {
  const paths = ['NO', 'IT'].flatMap((land) => ['01', '02'].map((day) => `land=${land}/zip=0${day}/dt=2026-03-${day}`));

  it('are segments and features', async () => {
    const location = await layout(paths, ", TIMESTAMP '2026-03-01 12:00' AS at");
    const columns = [feature('land', 'categorical'), feature('zip', 'categorical')];

    const aggregates = await engine.profile(plan(location, { segmentColumn: 'land', columns }), days('2026-03-01', 1));

    expect(aggregates.filter(({ column }) => column === '*').map(({ segment, rows }) => [segment, rows])).toEqual([
      ['', 4],
      ['IT', 2],
      ['NO', 2],
    ]);
    expect(aggregates.find(({ column }) => column === 'zip')?.categories).toEqual([
      { value: '001', rows: 2 },
      { value: '002', rows: 2 },
    ]);
  });

  it('are described with types that do not depend on which of them are read', async () => {
    const location = await layout([...paths, 'land=NO/zip=abc/dt=2026-03-03']);

    const { columns } = await engine.describe({ location });

    expect(columns.map(({ name, type, isPartition }) => [name, type, isPartition])).toEqual([
      ['age', 'INTEGER', undefined],
      ['dt', 'DATE', true],
      ['land', 'VARCHAR', true],
      ['zip', 'VARCHAR', true],
    ]);
  });

  it('beside a time in the files leave the rows to that time', async () => {
    // Written a day late, as it happens: the folder says the 2nd, the row the 1st.
    const location = await layout(['dt=2026-03-02'], ", TIMESTAMP '2026-03-01 23:59' AS at");

    expect(await rowsByWindow(location, {}, days('2026-03-01', 2))).toEqual([1, 0]);
  });

  it('that are still being written are left out', async () => {
    const location = await layout(['dt=2026-03-01', 'dt=2026-03-01/_temporary/0', '_dt=x', 'dt=2026-03-01/.tmp']);
    writeFileSync(join(location, 'dt=2026-03-01/_temporary/0/part-0.parquet'), 'half a f');
    await parquetFile(folder, `layout-${layouts}/dt=2026-03-01/_part-1.parquet`, 'SELECT 1 AS age');

    await expect(engine.describe({ location })).resolves.toMatchObject({ rows: 2 });
  });

  it('that differ from file to file are no columns', async () => {
    const location = await layout(['dt=2026-03-01', 'day=2026-03-02'], ", TIMESTAMP '2026-03-01' AS at");

    expect((await engine.describe({ location })).columns.map(({ name }) => name)).toEqual(['age', 'at']);
  });
});

describe('the paths of partitions', () => {
  it('give keys and values', () => {
    expect([...partitionValues('a/dt=2026-03-01/land=a%20b/x=__HIVE_DEFAULT_PARTITION__/p=1.parquet')]).toEqual([
      ['dt', '2026-03-01'],
      ['land', 'a b'],
      ['x', null],
    ]);
  });

  it.each([
    [['2026-03-01', '2026-03-02'], 'DATE'],
    [['2026-03-01', '2026-02-30'], 'VARCHAR'],
    [['2026-03-01 10:00:00', '2026-03-01T11:00'], 'TIMESTAMP'],
    [['2026-03-01 25:00:00'], 'VARCHAR'],
    [['0', '-7', '123456789012345678'], 'BIGINT'],
    [['1', '1234567890123456789'], 'VARCHAR'],
    [['01', '02'], 'VARCHAR'],
    [['1', '__HIVE_DEFAULT_PARTITION__'], 'BIGINT'],
    [['__HIVE_DEFAULT_PARTITION__'], 'VARCHAR'],
    [['1', ''], 'VARCHAR'],
    [['100%'], 'VARCHAR'],
  ])('%j are of type %s', (values, type) => {
    expect(partitionTypes(values.map((value) => `rows/key=${value}/a.parquet`))).toEqual({ key: type });
  });

  it('are none where not every file has the same', () => {
    expect(partitionTypes([])).toBeUndefined();
    expect(partitionTypes(['a.parquet'])).toBeUndefined();
    expect(partitionTypes(['k=1/a.parquet', 'a.parquet'])).toBeUndefined();
    expect(partitionTypes(['k=1/j=2/a.parquet', 'j=2/k=1/a.parquet'])).toBeUndefined();
  });
});

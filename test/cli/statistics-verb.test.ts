import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerDescribe } from '../../src/cli/describe.ts';
import { registerStatistics } from '../../src/cli/statistics.ts';
import { createDuckdbEngine, writeParquet } from '../../src/engines/duckdb/index.ts';
import { fakeClock } from '../builders/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'driftbell-cli-'));
const source = join(folder, 'rows.parquet');

beforeAll(async () => {
  await writeParquet(
    `SELECT TIMESTAMP '2026-03-01 12:00' + to_days(i // 4) AS at, i % 4 AS age, ['Oslo', 'Rome'][i % 2 + 1] AS city,
       0.5 AS p, i % 2 = 0 AS clicked, ['NO', 'IT'][i % 2 + 1] AS land
     FROM (SELECT CAST(i AS INTEGER) AS i FROM range(12) t(i))`,
    source,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function driftbell(...words: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const deps = {
    engine: createDuckdbEngine(),
    clock: fakeClock(Date.UTC(2026, 5, 1)),
    write: (text: string) => void out.push(text),
    writeError: (text: string) => void errors.push(text),
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
  registerStatistics(program, deps);
  registerDescribe(program, deps);
  await program.parseAsync(words, { from: 'user' });
  return { lines: out.join('').trimEnd().split('\n'), errors: errors.join('') };
}

const statistics = (...words: string[]) => driftbell('statistics', '--source', source, '--time-column', 'at', ...words);

describe('driftbell statistics', () => {
  it('says how the numbers of a time column are read, and refuses those that are no times', async () => {
    const numbers = join(folder, 'numbers.parquet');
    await writeParquet('SELECT i AS id, 1772334245000 + i AS ms FROM range(10) t(i)', numbers);

    const { errors } = await driftbell('statistics', '--source', numbers, '--time-column', 'ms');
    const ofIds = driftbell('statistics', '--source', numbers, '--time-column', 'id');

    expect(errors).toContain('The time column ms is read as milliseconds since 1970.');
    await expect(ofIds).rejects.toMatchObject({
      code: 'source.time_unusable',
      message: expect.stringMatching(/got column "id" of type BIGINT holding "0" \(10 of 10 values\)\. Name another/),
    });
  });

  it('walks no windows to a row whose year is mistyped, not even where --to asks for them', async () => {
    const mistyped = join(folder, 'mistyped.parquet');
    await writeParquet(
      `SELECT unnest([TIMESTAMP '2026-03-01', TIMESTAMP '2026-03-02', TIMESTAMP '2062-10-24']) AS "at", 1 AS age`,
      mistyped,
    );
    const of = (...words: string[]) =>
      driftbell('statistics', '--source', mistyped, '--time-column', 'at', '--json', ...words);

    const { lines, errors } = await of();
    const asked = await of('--from', '2026-05-20', '--to', '2062-12-01');

    expect(new Set(lines.map((line) => JSON.parse(line).window))).toEqual(new Set(['2026-03-01', '2026-03-02']));
    expect(errors).toContain('1 row lies in the future (the last on 2062-10-24) and is in no window.\n');
    expect(JSON.parse(asked.lines.at(-1) ?? '')).toMatchObject({ window: '2026-06-02' });
  });

  it('tells windows that are missing from those without rows at that time and from those after the end', async () => {
    const workdays = join(folder, 'workdays.parquet');
    await writeParquet(
      `SELECT "at", 1 AS age FROM (SELECT TIMESTAMP '2026-03-02' + to_days(CAST(i AS INTEGER)) AS "at" FROM range(40) t(i))
       WHERE isodow("at") < 6 AND "at" <> TIMESTAMP '2026-03-31'`,
      workdays,
    );

    const { lines } = await driftbell(
      ...['statistics', '--source', workdays, '--time-column', 'at', '--to', '2026-04-15', '--json'],
    );

    const rows = lines.map((line) => JSON.parse(line));
    const told = (window: string) => rows.find((row) => row.window === window && row.column === '*');
    expect(told('2026-03-30')).not.toHaveProperty('landing');
    expect(told('2026-03-31')).toMatchObject({
      landing: 'missing',
      problems: [{ code: 'no_rows', text: 'no rows, though there are rows after it' }],
    });
    expect(told('2026-04-04')).toMatchObject({ landing: 'zero_rows' });
    expect(told('2026-04-14')).toMatchObject({ landing: 'late' });
  });

  it('prints one JSON object per window, segment and column', async () => {
    const { lines, errors } = await statistics('--score-column', 'p', '--label-column', 'clicked', '--json');
    const rows = lines.map((line) => JSON.parse(line));

    expect(rows.map((row) => `${row.window} ${row.column}`).slice(0, 6)).toEqual([
      '2026-03-01 *',
      '2026-03-01 age',
      '2026-03-01 city',
      '2026-03-01 p',
      '2026-03-01 land',
      '2026-03-02 *',
    ]);
    expect(rows[0]).toEqual({
      window: '2026-03-01',
      segment: '',
      column: '*',
      role: 'traffic',
      kind: null,
      rows: 4,
      statistics: { traffic: 4, traffic_ratio: null },
      problems: [],
    });
    expect(rows[1]).toMatchObject({
      role: 'feature',
      kind: 'numeric',
      rows: 4,
      statistics: { mean: 1.5, coverage: 0.75, default_rate: 0.25 },
    });
    expect(rows[2]).toMatchObject({
      kind: 'categorical',
      statistics: { entropy: 1 },
      shares: { Oslo: 0.5, Rome: 0.5 },
    });
    expect(rows[3]).toMatchObject({ role: 'score', statistics: { observed_expected_ratio: 1 } });
    expect(errors).toBe('Left out: at (the time column), clicked (the label column).\n');
  });

  it('ranks the requests of a query', async () => {
    const { lines, errors } = await statistics(
      ...['--score-column', 'age', '--label-column', 'clicked', '--query-column', 'land', '--json'],
    );
    const score = lines.map((line) => JSON.parse(line)).find((row) => row.role === 'score');

    // NO has the scores 0 and 2, both with a label; IT has none.
    expect(score).toMatchObject({ column: 'age', statistics: { ndcg_at_10: 1 }, problems: [] });
    expect(errors).toContain('land (the query column)');
  });

  it('tells the importance of features where a table of it is named', async () => {
    const told = join(folder, 'importance.csv');
    writeFileSync(told, 'feature,importance\nage,3\ncity,-1\nghost,5\n');

    const { lines, errors } = await statistics('--importance', told, '--json');
    const table = await statistics('--importance', told);

    const day = lines.map((line) => JSON.parse(line)).filter((row) => row.window === '2026-03-01');
    expect(day.map((row) => [row.column, row.importance])).toEqual([
      ['*', undefined],
      ['age', 0.75],
      ['city', 0.25],
      ['p', null],
      ['clicked', null],
      ['land', null],
    ]);
    expect(errors).toContain('Of the importance table, not watched and passed over: ghost.\n');
    expect(table.lines[0]).toMatch(/column +kind +importance +rows/);
    expect(table.lines[2]).toMatch(/age +numeric +0\.75 +4/);
  });

  it('refuses a table of importance that is none', async () => {
    await expect(statistics('--importance', source)).rejects.toMatchObject({
      code: 'importance.invalid',
      message: expect.stringContaining('got "at", "age", "city", "p", "clicked", "land"'),
    });
  });

  it('prints a readable table', async () => {
    const { lines } = await statistics('--features', 'age');

    expect(lines[0]).toMatch(/^ *window +column +kind +rows +mean/);
    expect(lines).toHaveLength(1 + 3 * 2);
    expect(lines[2]).toMatch(/2026-03-01 +age +numeric +4 +1\.5/);
  });

  it('marks the distinct values of numbers as an estimate, where a person reads them', async () => {
    const { lines, errors } = await statistics('--features', 'age,city', '--to', '2026-03-02');
    const json = await statistics('--features', 'age', '--json');

    expect(lines.find((line) => / age /.test(line))).toMatch(/ ~4$/);
    expect(lines.find((line) => / city /.test(line))).toMatch(/ 2$/);
    expect(errors).toContain('~ before distinct_count: an estimate, ');
    expect(json.lines.join('')).toContain('"distinct_count":4');
    expect(json.errors).not.toContain('~');
  });

  it('takes kinds, defaults, segments and a span', async () => {
    const { lines } = await statistics(
      ...['--features', 'age,city', '--kind', 'age=categorical', '--default', 'city=Rome', '--segment-column', 'land'],
      ...['--from', '2026-03-02', '--to', '2026-03-03', '--json'],
    );
    const rows = lines.map((line) => JSON.parse(line));

    expect(rows.map((row) => `${row.window} ${row.segment} ${row.column}`)).toEqual(
      ['', 'IT', 'NO'].flatMap((segment) => ['*', 'age', 'city'].map((column) => `2026-03-02 ${segment} ${column}`)),
    );
    expect(rows[1].shares).toEqual({ 0: 0.25, 1: 0.25, 2: 0.25, 3: 0.25 });
    expect(rows[5].problems).toMatchObject([{ code: 'all_default' }]);
  });

  it('says once, beside the data, that a segment column has too many values', async () => {
    const users = join(folder, 'users.parquet');
    await writeParquet(
      "SELECT TIMESTAMP '2026-03-01 12:00' + to_days((i // 80)::INTEGER) AS at, i % 80 AS user FROM range(160) AS rows(i)",
      users,
    );

    const { lines, errors } = await driftbell(
      ...['statistics', '--source', users, '--time-column', 'at', '--segment-column', 'user', '--json'],
    );

    expect(lines.map((line) => JSON.parse(line).segment).slice(0, 2)).toEqual(['', '(other)']);
    expect(errors.match(/80 values/g)).toHaveLength(1);
    expect(errors).toContain('In 2026-03-02 the segment column "user" has 80 values');
    expect(errors).toContain('30 of 80 rows (37.5 %) are together in (other); name a column with fewer values');
  });

  it('cuts hours in the zone asked for', async () => {
    const { lines } = await statistics(
      '--features',
      'age',
      '--granularity',
      'hour',
      '--zone',
      'Asia/Kolkata',
      '--json',
    );
    const traffic = lines.map((line) => JSON.parse(line)).filter((row) => row.role === 'traffic');

    expect(traffic).toHaveLength(49);
    expect(traffic[0]).toMatchObject({ window: '2026-03-01T17:00+05:30', rows: 4 });
    expect(traffic[1]).toMatchObject({ window: '2026-03-01T18:00+05:30', rows: 0, problems: [{ code: 'no_rows' }] });
  });

  it.each([
    [['--engine', 'trino'], 'usage.invalid', /not available yet/],
    [['--engine', 'spark'], 'usage.invalid', /"spark"/],
    [['--granularity', 'week'], 'usage.invalid', /day or hour/],
    [['--zone', 'Mars/Olympus'], 'usage.invalid', /IANA/],
    [['--kind', 'age=number'], 'usage.invalid', /column=kind/],
    [['--default', 'age'], 'usage.invalid', /column=value/],
    [['--features', 'agee'], 'source.column_missing', /Perhaps "age"/],
    [['--query-column', 'lands'], 'source.column_missing', /a query column.*Perhaps "land"/],
    [['--score-column', 'q'], 'source.column_missing', /a score column/],
    [['--from', 'soon'], 'usage.invalid', /"soon"/],
    [['--from', '2026-03-03', '--to', '2026-03-01'], 'usage.invalid', /earlier than --to/],
    [['--from', '1700-01-01', '--granularity', 'hour'], 'usage.invalid', /at most 100000 windows/],
    [['--format', 'xml'], 'usage.invalid', /parquet or csv or jsonl/],
  ])('refuses %j', async (words, code, message) => {
    await expect(statistics(...words)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('refuses a text column as a time', async () => {
    const misread = driftbell('statistics', '--source', source, '--time-column', 'city');

    await expect(misread).rejects.toMatchObject({
      code: 'source.time_unusable',
      message: expect.stringContaining('"Oslo"'),
    });
  });
});

describe('driftbell describe', () => {
  it('says that a CSV seems to have no header where columns are called like values, and only then', async () => {
    const described = async (name: string, text: string) => {
      const location = join(folder, name);
      writeFileSync(location, text);
      return (await driftbell('describe', '--source', location)).errors;
    };

    const without = await described('without.csv', '2026-09-30 19:00:00,16.03,Oslo\n2026-09-30 20:00:00,abc,Rome\n');
    const years = await described('years.csv', 'at,2020,2021,p1.5\n2026-09-30 19:00:00,1,2,3\n');

    expect(without).toContain('2 columns are called like a value, such as "2026-09-30 19:00:00": the file seems to');
    expect(years).toBe('1 row, 4 columns.\n');
  });

  it('shows columns, kinds and why', async () => {
    const { lines, errors } = await driftbell('describe', '--source', source);

    expect(lines.map((line) => line.split(/ {2,}/).slice(0, 3).join('|'))).toEqual([
      'column|type|kind',
      'at|TIMESTAMP|left out',
      'age|INTEGER|numeric',
      'city|VARCHAR|categorical',
      'p|DECIMAL(2,1)|numeric',
      'clicked|BOOLEAN|boolean',
      'land|VARCHAR|categorical',
    ]);
    expect(errors).toBe('12 rows, 6 columns.\n');
  });

  it('prints JSON', async () => {
    const { lines } = await driftbell('describe', '--source', source, '--json');

    expect(JSON.parse(lines[0] ?? '')).toEqual({
      column: 'at',
      type: 'TIMESTAMP',
      kind: null,
      reason: 'a time',
      distinct_in_sample: 3,
      rows_in_sample: 12,
    });
  });
});

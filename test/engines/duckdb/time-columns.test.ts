import { describe, expect, it } from 'vitest';
import { windowsBetween } from '../../../src/domain/window.ts';
import { createDuckdbEngine } from '../../../src/engines/duckdb/index.ts';
import { parquetFile, plan, textFile } from './profiled.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const engine = createDuckdbEngine();
/** 2026-03-01T03:04:05.678Z: still 28 February in New York. */
const INSTANT_MS = Date.parse('2026-03-01T03:04:05.678Z');

describe('time columns', () => {
  it.each([
    ['a timestamp without zone, as UTC', "TIMESTAMP '2026-03-01 03:04:05.678'", INSTANT_MS],
    ['a timestamp of seconds', "TIMESTAMP_S '2026-03-01 03:04:05'", INSTANT_MS - 678],
    ['a timestamp of nanoseconds', "TIMESTAMP_NS '2026-03-01 03:04:05.678999999'", INSTANT_MS],
    ['a timestamp with zone', "TIMESTAMPTZ '2026-03-01 05:04:05.678+02'", INSTANT_MS],
    ['a date, as a local day', "DATE '2026-02-28'", Date.parse('2026-02-28T05:00Z')],
    ['seconds since 1970', '1772334245', INSTANT_MS - 678, 'seconds since 1970'],
    ['seconds since 1970 with a fraction', '1772334245.678::DOUBLE', INSTANT_MS, 'seconds since 1970'],
    ['milliseconds since 1970', '1772334245678', INSTANT_MS, 'milliseconds since 1970'],
    ['microseconds since 1970', '1772334245678999', INSTANT_MS, 'microseconds since 1970'],
    ['nanoseconds since 1970', '1772334245678999999', INSTANT_MS, 'nanoseconds since 1970'],
    ['a day written as YYYYMMDD', '20260228', Date.parse('2026-02-28T05:00Z'), 'days written as YYYYMMDD'],
    ['such a day as a real number', '20260228::DOUBLE', Date.parse('2026-02-28T05:00Z'), 'days written as YYYYMMDD'],
    ['milliseconds as a real number', '1772334245678::DOUBLE', INSTANT_MS, 'milliseconds since 1970'],
    ['ISO text in UTC', "'2026-03-01T03:04:05.678Z'", INSTANT_MS],
    ['ISO text with an offset', "'2026-03-01T05:04:05.678+02:00'", INSTANT_MS],
    ['ISO text without zone, as UTC', "'2026-03-01T03:04:05.678'", INSTANT_MS],
    ['ISO text with a space', "'2026-03-01 03:04:05.678'", INSTANT_MS],
    ['a date as text, as a local day', "'2026-02-28'", Date.parse('2026-02-28T05:00Z')],
    ['seconds as text', "'1772334245'", INSTANT_MS - 678, 'seconds since 1970'],
  ])('reads %s, and says how numbers are read', async (name, sql, expectedMs, readAs = undefined) => {
    const location = await parquetFile(folder, `${name.replaceAll(' ', '-')}.parquet`, `SELECT ${sql} AS at`);
    const zoned = plan(location, { zone: 'America/New_York' });

    const range = await engine.timeRange(zoned);
    const windows = windowsBetween(INSTANT_MS - 864e5, INSTANT_MS + 864e5, 'America/New_York', 'day');
    const counts = await engine.profile(zoned, windows);

    expect(range).toEqual({ firstMs: expectedMs, lastMs: expectedMs, ...(readAs === undefined ? {} : { readAs }) });
    expect(counts.filter((each) => each.rows > 0)).toMatchObject([{ window: { key: '2026-02-28' }, rows: 1 }]);
  });

  it.each([
    ['a date and a time', "DATE '2026-03-01' AS d, TIME '03:04:05.678' AS t", INSTANT_MS],
    ['both as text', "'2026-03-01' AS d, ' 03:04:05' AS t", INSTANT_MS - 678],
    ['a time with dots', "'2026-03-01' AS d, '03.04.05' AS t", INSTANT_MS - 678],
    ['an hour as text', "DATE '2026-03-01' AS d, '03' AS t", Date.parse('2026-03-01T03:00Z')],
    ['a number that is no hour', "DATE '2026-03-01' AS d, 24 AS t", undefined],
    ['a word', "DATE '2026-03-01' AS d, 'noon' AS t", undefined],
  ])('reads a time in two columns: %s', async (name, sql, expectedMs) => {
    const location = await parquetFile(folder, `two-${name.replaceAll(' ', '-')}.parquet`, `SELECT ${sql}`);

    const range = engine.timeRange(plan(location, { timeColumn: 'd/t' }));

    if (expectedMs === undefined) await expect(range).rejects.toMatchObject({ code: 'source.time_unusable' });
    else await expect(range).resolves.toEqual({ firstMs: expectedMs, lastMs: expectedMs });
  });

  it('puts a date into the local day that begins at one o’clock', async () => {
    const zone = 'America/Sao_Paulo';
    const location = await parquetFile(
      folder,
      'gap.parquet',
      "SELECT unnest([DATE '2018-11-03', DATE '2018-11-04', DATE '2018-11-05']) AS at",
    );
    const noon = Date.parse('2018-11-03T15:00Z');

    const counts = await engine.profile(plan(location, { zone }), windowsBetween(noon, noon + 2 * 864e5, zone, 'day'));

    expect(counts.map((each) => [each.window.key, each.rows])).toEqual([
      ['2018-11-03', 1],
      ['2018-11-04', 1],
      ['2018-11-05', 1],
    ]);
  });

  it('keeps times before 1970 in their own day', async () => {
    const location = await parquetFile(
      folder,
      'old.parquet',
      "SELECT unnest([TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '1970-01-01 00:00:00']) AS at",
    );

    const range = await engine.timeRange(plan(location));
    const counts = await engine.profile(plan(location), windowsBetween(range.firstMs, range.lastMs + 1, 'UTC', 'day'));

    expect(counts.map((each) => [each.window.key, each.rows])).toEqual([
      ['1969-12-31', 1],
      ['1970-01-01', 1],
    ]);
  });

  it.each([
    ['words', "'yesterday'", /holding "yesterday"/],
    ['mixed words', "unnest(['2026-03-01', 'soon'])", /holding "soon" \(1 of 2 values\)/],
    ['truths', 'true', /of type BOOLEAN/],
    ['nested values', "{'a': 1}", /of type STRUCT/],
    ['times of day', "TIME '10:00'", /of type TIME/],
    ['nothing', 'NULL::TIMESTAMP', /without a single value/],
    ['infinite times', "'infinity'::TIMESTAMP", /of type TIMESTAMP/],
    ['row numbers', 'unnest(range(1, 1001))', /type BIGINT holding "1" \(1000 of 1000 values\)/],
    ['days since a beginning', 'unnest(range(0, 90))::DOUBLE', /holding "0.0" \(90 of 90 values\)/],
    ['years', '2026', /holding "2026"/],
    ['years as text', "'2026'", /holding "2026"/],
    ['months as numbers', '202603', /holding "202603"/],
    ['minutes as numbers', '202603010304', /holding "202603010304"/],
    ['seconds of a clock as numbers', '20260301030405', /holding "20260301030405"/],
    ['hours as numbers', 'unnest([2026030100, 2026030423])', /holding 2026030100 to 2026030423: hours written as/],
    ['negative numbers', '-1772334245', /holding "-1772334245"/],
    ['identifiers of eight digits', 'unnest(range(20_000_000, 20_001_000))', /of type BIGINT holding/],
    ['what is no number', "'NaN'::DOUBLE", /holding "nan"/],
  ])('refuses %s as a time', async (name, sql, message) => {
    const location = await parquetFile(folder, `no-${name.replaceAll(' ', '-')}.parquet`, `SELECT ${sql} AS at`);

    await expect(engine.timeRange(plan(location))).rejects.toMatchObject({
      code: 'source.time_unusable',
      message: expect.stringMatching(message),
    });
  });

  it('leaves rows without a time out and counts them', async () => {
    const rows = Array.from({ length: 300 }, (_, i) =>
      i === 7 ? 'Total,3' : i === 8 ? ',4' : '2026-03-01T10:00:00Z,1',
    );
    const location = textFile(folder, 'total.csv', `at,age\n${rows.join('\n')}\n`);

    const range = await engine.timeRange(plan(location));

    expect(range).toMatchObject({ unplacedRows: 2, firstMs: Date.parse('2026-03-01T10:00Z') });
  });

  it('takes a number that is no time for a missing one where nearly all are times', async () => {
    const location = await parquetFile(
      folder,
      'zero.parquet',
      'SELECT CASE WHEN i % 200 = 0 THEN i // 200 ELSE 1772334245 + i END AS at FROM range(0, 1000) AS t(i)',
    );

    const range = await engine.timeRange(plan(location));

    expect(range).toEqual({
      ...{ firstMs: INSTANT_MS - 678 + 1000, lastMs: INSTANT_MS - 678 + 999_000 },
      ...{ readAs: 'seconds since 1970', unplacedRows: 5 },
    });
  });

  it('says so when numbers are of several units', async () => {
    const location = await parquetFile(folder, 'mixed.parquet', 'SELECT unnest([1772334245, 1772334245678]) AS at');

    expect(await engine.timeRange(plan(location))).toMatchObject({ readAs: 'numbers, each by its size' });
  });

  it('says that a table without rows has no time', async () => {
    const location = await parquetFile(folder, 'empty.parquet', "SELECT TIMESTAMP '2026-03-01' AS at LIMIT 0");

    await expect(engine.timeRange(plan(location))).rejects.toMatchObject({ code: 'source.empty' });
  });
});

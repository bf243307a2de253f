import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSeries } from '../../src/cli/series-files.ts';
import { runSeriesVerb } from './run-series-verb.ts';

const DAY_MS = 86_400_000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-bad-series-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(text: string, name = 'bad.csv'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const time = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
const START = Date.UTC(2026, 0, 1);

describe('a series that cannot be read', () => {
  it.each([
    [
      'no header',
      '2026-01-01,1\n2026-01-02,2\n',
      /a header with the columns time and value in .*line 1, got "2026-01-01,1"/,
    ],
    ['a time that is none', 'time,value\n2026-01-01,1\n01.02.2026,2\n', /a time such as .*line 3, got "01\.02\.2026"/],
    ['a time of another month', 'time,value\n2026-13-01,1\n', /line 2, got "2026-13-01"/],
    ['text in the values', 'time,value\n2026-01-01,high\n', /a number or an empty value in .*line 2, got "high"/],
    ['a decimal comma', 'time,value\n2026-01-01,"1,5"\n', /a number or an empty value in .*line 2, got "1,5"/],
    ['a number of another base', 'time,value\n2026-01-01,0x1F\n', /a number or an empty value .*got "0x1F"/],
    ['a field too many', 'time,value\n2026-01-01,1,5\n', /2 fields in .*line 2, got 3/],
  ])('with %s is told in one line, and nothing is written', async (_, text, message) => {
    const path = await file(text);
    const output = join(folder, 'detector');

    const failure = await runSeriesVerb('train', '--series', path, '--output', output).catch(
      (thrown: unknown) => thrown,
    );

    expect(failure).toMatchObject({ code: 'series.invalid', exitCode: 2, message: expect.stringMatching(message) });
    expect((failure as Error).message).not.toContain('\n');
    expect(await readdir(folder)).toEqual(['bad.csv']);
  });

  it('because two files have one name is told with the name', async () => {
    await file('time,value\n2026-01-01,1\n', 'a.csv');
    await file('series,time,value\na,2026-01-01,1\n', 'b.csv');

    await expect(readSeries([folder], 'day')).rejects.toMatchObject({
      code: 'series.invalid',
      message: expect.stringMatching(/series with different names, got two called "a"/),
    });
  });

  it('because its days become hours at the end is told, where two corrections of a day are not', async () => {
    const days = Array.from({ length: 30 }, (_, day) => `${time(START + day * DAY_MS)},1`);
    const lastDay = (hours: number) =>
      Array.from({ length: hours }, (_, hour) => `${time(START + 30 * DAY_MS + hour * 3_600_000)},1`);
    const hourly = await file(`time,value\n${[...days, ...lastDay(24)].join('\n')}\n`, 'hourly.csv');
    const corrected = await file(`time,value\n${[...days, ...lastDay(3)].join('\n')}\n`, 'corrected.csv');

    await expect(readSeries([hourly], 'day')).rejects.toMatchObject({
      code: 'series.invalid',
      message: expect.stringMatching(/the first 2026-01-31 with 24: these look hourly\. Use --granularity hour/),
    });
    const [series] = await readSeries([corrected], 'day');
    expect(series?.remarks).toEqual(['2 rows repeat the day of another; the last value counts']);
  });

  it('because hours and days are mixed is told with the series that is finer', async () => {
    const hours = Array.from({ length: 72 }, (_, hour) => `fine,${time(START + hour * 3_600_000)},1`);
    const days = Array.from({ length: 60 }, (_, day) => `coarse,${time(START + day * DAY_MS)},1`);
    const path = await file(`series,time,value\n${[...days, ...hours].join('\n')}\n`);

    await expect(readSeries([path], 'day')).rejects.toThrow(/each day in the series fine, got 72 rows for 3 windows/);
    const [coarse, fine] = await readSeries([path], 'hour');
    expect(coarse?.remarks).toEqual(['1357 of its 1417 hours have no row']);
    expect(fine?.remarks).toEqual([]);
  });

  it('in part, as the year of a row is mistyped, is told with its last time', async () => {
    const path = await file('time,value\n2026-01-01,1\n2026-01-02,1\n2062-01-03,1\n');

    const { errors } = await runSeriesVerb('detect', '--series', path);

    expect(errors).toContain('bad: 1 row lies in the future (the last at 2062-01-03): correct mistyped times\n');
  });

  it('because a stray time makes it endless is told with both ends', async () => {
    const path = await file('time,value\n1026-01-01,1\n2026-01-01,1\n');

    await expect(runSeriesVerb('detect', '--series', path, '--granularity', 'hour')).rejects.toThrow(
      /at most 5000000 windows .*from 1026-01-01 to 2026-01-01/,
    );
  });
});

describe('a series that can be mended', () => {
  it('of one point is written with nulls and the reason', async () => {
    const path = await file('time,value\n2026-01-01,1\n');

    const { output, errors } = await runSeriesVerb('detect', '--series', path, '--json');

    expect(JSON.parse(output)).toMatchObject({ series: 'bad', value: 1, baseline: null, anomaly: null });
    expect(errors).toMatch(/No window could be judged/);
  });

  it('with a gap of years is judged on both sides of it, and the gap is told', async () => {
    const run = (from: number) =>
      Array.from({ length: 40 }, (_, day) => `${time(from + day * DAY_MS)},${100 + Math.sin(day)}`);
    const path = await file(`time,value\n${[...run(Date.UTC(2019, 0, 1)), ...run(START)].join('\n')}\n`);

    const { output, errors } = await runSeriesVerb('detect', '--series', path, '--json');

    const judged = output
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { anomaly: boolean | null }).anomaly !== null);
    expect(judged).toHaveLength(80);
    expect(judged.slice(0, 40)).toEqual(judged.slice(40));
    expect(judged.filter(Boolean).length).toBeGreaterThan(0);
    expect(errors).toMatch(/bad: 2517 of its 2597 days have no row/);
  });

  it('with infinities takes them for missing and says how many', async () => {
    const path = await file('time,value\n2026-01-01,inf\n2026-01-02,-Infinity\n2026-01-03,1e999\n2026-01-04,NaN\n');

    const [series] = await readSeries([path], 'day');

    expect(series?.points.map((point) => point.value)).toEqual([null, null, null, null]);
    expect(series?.remarks).toEqual(['3 infinite values count as missing']);
  });

  it('out of order and with repeated days is sorted, the last value counting', async () => {
    const path = await file('time,value\n2026-01-03,3\n2026-01-01,1\n2026-01-02,2\n2026-01-02,5\n');

    const [series] = await readSeries([path], 'day');

    expect(series?.points.map((point) => point.value)).toEqual([1, 5, 3]);
    expect(series?.remarks).toEqual([
      'rows were not in time order and have been sorted',
      '1 row repeats the day of another; the last value counts',
    ]);
  });
});

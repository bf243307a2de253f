import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerDetect } from '../../src/cli/detect.ts';
import { registerEvaluate } from '../../src/cli/evaluate.ts';
import { registerGenerate } from '../../src/cli/generate.ts';
import type { SeriesVerbDeps } from '../../src/cli/series-options.ts';
import { registerTrain } from '../../src/cli/train.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { loadDetector } from '../../src/tensorflow/index.ts';
import { fakeClock } from '../builders/stores.ts';

let folder: string;
let output: string;
let errors: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-verbs-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(...args: readonly string[]): Promise<void> {
  output = '';
  errors = '';
  const deps: SeriesVerbDeps = {
    terminal: {
      write: (text) => {
        output += text;
      },
      writeError: (text) => {
        errors += text;
      },
      progress: () => {},
    },
    signal: new AbortController().signal,
    clock: fakeClock(Date.UTC(2027, 0, 1)),
    readConfig: () => ({}) as ReturnType<SeriesVerbDeps['readConfig']>,
  };
  const program = new Command('driftbell').exitOverride().configureOutput({ writeErr: () => {} });
  for (const register of [registerDetect, registerTrain, registerEvaluate, registerGenerate]) register(program, deps);
  await program.parseAsync([...args], { from: 'user' });
}

function lines(): Record<string, unknown>[] {
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const DAY_MS = 86_400_000;
const day = (index: number): string => new Date(Date.UTC(2026, 0, 1) + index * DAY_MS).toISOString().slice(0, 10);

/** Sixty days around 100; a shift of 60 noise widths on the last three. */
function shifted(): number[] {
  const random = createSeededRandom(1);
  return Array.from({ length: 60 }, (_, index) => 100 + random.normal() + (index >= 57 ? 60 : 0));
}

async function writeShifted(name = 'shift.csv'): Promise<string> {
  const path = join(folder, name);
  const rows = shifted().map((value, index) => `${day(index)},${value},${index >= 57 ? 1 : 0}`);
  await writeFile(path, `time,value,anomaly\n${rows.join('\n')}\n`);
  return path;
}

describe('detect', () => {
  it('writes one line per window, with nulls where there is too little history', async () => {
    await run('detect', '--series', await writeShifted(), '--json');

    expect(lines()).toHaveLength(60);
    expect(Object.keys(lines()[0] ?? {})).toEqual([
      'series',
      'time',
      'value',
      'baseline',
      'lower',
      'upper',
      'score',
      'anomaly',
      'finding',
    ]);
    expect(lines()[9]).toMatchObject({ series: 'shift', time: day(9), baseline: null, score: null, anomaly: null });
    expect(lines()[10]).toMatchObject({ anomaly: false, finding: false });
    expect(lines()[28]).toMatchObject({ anomaly: false, finding: false });
  });

  it('makes a finding of the second anomalous window, and of the first without filters', async () => {
    const path = await writeShifted();
    await run('detect', '--series', path, '--detector', 'detectors/paper', '--json');
    const filtered = lines().slice(57);
    await run('detect', '--series', path, '--detector', 'detectors/paper', '--filters', 'off', '--json');
    const bare = lines().slice(57);

    expect(filtered.map((line) => line.anomaly)).toEqual([true, true, true]);
    expect(filtered.map((line) => line.finding)).toEqual([false, true, true]);
    expect(bare.map((line) => line.finding)).toEqual([true, true, true]);
  });

  it('says the same of a window whether or not later ones are known', async () => {
    await run('detect', '--series', await writeShifted(), '--json');
    const whole = lines();
    const text = await readFile(join(folder, 'shift.csv'), 'utf8');
    await writeFile(join(folder, 'shift.csv'), `${text.split('\n').slice(0, 59).join('\n')}\n`);

    await run('detect', '--series', join(folder, 'shift.csv'), '--json');

    expect(lines()).toEqual(whole.slice(0, 58));
  });

  it('reads long-form files with quotes, a byte-order mark, CRLF and epoch times, out of order and repeated', async () => {
    const values = shifted();
    const rows = values.map((value, index) => `"b, ""x""",${(Date.UTC(2026, 0, 1) + index * DAY_MS) / 1000},${value}`);
    rows.push(`"b, ""x""",${Date.UTC(2026, 1, 1)},7`, `c,"2026-01-01 00:00:00",1`, 'c,2026-01-03,');
    await writeFile(join(folder, 'long.csv'), `\uFEFFseries,time,value\r\n${rows.toReversed().join('\r\n')}`);

    await run('detect', '--series', folder, '--json');

    const ofB = lines().filter((line) => line.series === 'b, "x"');
    const ofC = lines().filter((line) => line.series === 'c');
    expect(ofB).toHaveLength(60);
    expect(ofB[57]).toMatchObject({ anomaly: true });
    expect(ofC).toEqual([
      expect.objectContaining({ time: '2026-01-01 00:00:00', value: 1 }),
      expect.objectContaining({ time: '2026-01-03', value: null, baseline: null }),
    ]);
    expect(errors).toContain('b, "x": rows were not in time order and have been sorted');
    expect(errors).toContain('1 row repeats the day of another');
  });

  it('judges hours by the hours before them from the second day on, the paper’s detector by the same hour of earlier days', async () => {
    const hours = Array.from({ length: 24 * 30 }, (_, hour) => {
      const time = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000).toISOString();
      return `${time},${100 + 50 * Math.sin((2 * Math.PI * hour) / 24) + Math.cos(hour * hour)}`;
    });
    await writeFile(join(folder, 'hours.csv'), `timestamp,value\n${hours.join('\n')}`);

    const hourly = ['detect', '--series', join(folder, 'hours.csv'), '--granularity', 'hour', '--json'];
    await run(...hourly);
    expect(lines()[20]?.baseline).toBeNull();
    expect(lines()[36]?.baseline).toBeTypeOf('number');

    await run(...hourly, '--detector', 'detectors/paper');

    expect(lines()).toHaveLength(720);
    expect(lines()[14 * 24 - 1]?.baseline).toBeNull();
    expect(lines()[14 * 24]?.baseline).toBeTypeOf('number');
  });

  it('takes the day that is written, whatever its offset', async () => {
    const rows = shifted().map((value, index) => `${day(index)}T00:00:00+0${index < 30 ? 1 : 2}:00,${value}`);
    await writeFile(join(folder, 'offset.csv'), `time,value\n${rows.join('\n')}`);

    await run('detect', '--series', join(folder, 'offset.csv'), '--json');

    expect(lines()).toHaveLength(60);
    expect(lines().filter((line) => line.anomaly !== null)).toHaveLength(50);
    expect(errors).toBe('');
  });

  it('refuses a series that is finer than its windows', async () => {
    const rows = Array.from({ length: 48 }, (_, hour) => `${(Date.UTC(2026, 0, 1) + hour * 3_600_000) / 1000},${hour}`);
    await writeFile(join(folder, 'fine.csv'), `time,value\n${rows.join('\n')}`);

    await expect(run('detect', '--series', join(folder, 'fine.csv'))).rejects.toThrow(
      /48 rows for 2 windows.*--granularity hour/,
    );
  });

  it('says why when no window could be judged', async () => {
    await writeFile(join(folder, 'young.csv'), 'time,value\n2026-01-01,1\n2026-01-02,2\n');

    await run('detect', '--series', join(folder, 'young.csv'), '--json');

    expect(lines()).toHaveLength(2);
    expect(errors).toMatch(/at least 7 of the days before the newest 3/);
    await run('detect', '--series', join(folder, 'young.csv'), '--granularity', 'hour', '--json');
    expect(errors).toMatch(/at least 12 of the hours before the newest 3/);
    await run('detect', '--series', join(folder, 'young.csv'), '--detector', 'detectors/paper', '--json');
    expect(errors).toMatch(/all of the 14 days before it/);
  });

  it('prints a readable table without --json', async () => {
    await run('detect', '--series', await writeShifted());

    expect(output).toMatch(/^series\s+time\s+value/);
    expect(output).toContain('too little history');
    expect(output).toContain('50 of 60 windows judged, 3 findings');
  });

  it.each([
    ['time,value\n2026-01-01,1\nyesterday,2\n', 'series.invalid', /bad\.csv, line 3.*"yesterday"/],
    ['time,value\n2026-01-01,abc\n', 'series.invalid', /a number or an empty value in .*line 2.*"abc"/],
    ['time,value\n2026-01-01\n', 'series.invalid', /2 fields in .*line 2/],
    ['time,value,anomaly\n2026-01-01,1,maybe\n', 'series.invalid', /an anomaly flag 0 or 1 .*line 2/],
    ['when,what\n1,2\n', 'series.invalid', /columns time and value/],
    ['time,value\n', 'series.invalid', /at least one row/],
    ['', 'series.invalid', /header line/],
    ['time,value\n"2026-01-01"x,1\n', 'series.invalid', /line 2.*quote/],
    ['time,value\n2026-02-30,1\n', 'series.invalid', /line 2.*"2026-02-30"/],
  ])('names file and line of what it cannot read: %j', async (text, code, message) => {
    await writeFile(join(folder, 'bad.csv'), text);

    await expect(run('detect', '--series', join(folder, 'bad.csv'))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [['detect', '--series', '/nowhere/x.csv'], 'source.not_found'],
    [['detect', '--series', '.', '--granularity', 'week'], 'usage.invalid'],
    [['detect', '--series', '.', '--filters', 'maybe'], 'usage.invalid'],
    [['train', '--output', '/nowhere', '--config', 'other'], 'usage.invalid'],
    [['train', '--output', '/nowhere', '--epochs', '0'], 'usage.invalid'],
    [['generate', '--output', '/nowhere', '--seed', 'x'], 'usage.invalid'],
    [['generate', '--output', '/nowhere', '--benchmark', 'other'], 'usage.invalid'],
  ])('refuses %j', async (args, code) => {
    await expect(run(...args)).rejects.toMatchObject({ code });
  });

  it('refuses a detector folder that is none', async () => {
    await expect(run('detect', '--series', await writeShifted(), '--detector', folder)).rejects.toMatchObject({
      code: 'detector.invalid',
    });
  });
});

describe('generate, train and evaluate', () => {
  const benchmark = (): string => join(folder, 'benchmark');
  const smallBenchmark = (...more: readonly string[]): Promise<void> =>
    run('generate', '--benchmark', 'alertiger', '--output', benchmark(), '--per-kind', '2', '--days', '120', ...more);

  it('writes one labelled file per series and an index, the same for the same seed', async () => {
    await smallBenchmark('--seed', '4');

    expect(output).toMatch(/^8 series, \d with an anomaly/);
    expect(await readdir(benchmark())).toHaveLength(9);
    const text = await readFile(join(benchmark(), 'sine-01.csv'), 'utf8');
    expect(text.split('\n').slice(0, 2).join()).toMatch(/^time,value,anomaly,2022-01-01,-?\d/);
    const index = JSON.parse(await readFile(join(benchmark(), 'series.json'), 'utf8')) as Record<string, unknown>;
    expect(index).toMatchObject({ benchmark: 'alertiger', seed: 4, start: '2022-01-01' });
    await smallBenchmark('--seed', '4', '--force');
    expect(await readFile(join(benchmark(), 'sine-01.csv'), 'utf8')).toBe(text);
  });

  it('refuses a folder of other files, forced or not', async () => {
    await mkdir(benchmark());
    await writeFile(join(benchmark(), 'notes.txt'), 'keep me');

    await expect(smallBenchmark()).rejects.toThrow('Expected a new or empty folder');
    await expect(smallBenchmark('--force')).rejects.toThrow('Expected an earlier benchmark, with its series.json');
    expect(await readdir(benchmark())).toEqual(['notes.txt']);
  });

  it('replaces only its own files when forced', async () => {
    await smallBenchmark();
    await writeFile(join(benchmark(), 'notes.txt'), 'keep me');

    await expect(smallBenchmark()).rejects.toMatchObject({ code: 'usage.invalid' });
    await run('generate', '--output', benchmark(), '--per-kind', '1', '--days', '60', '--force');

    expect((await readdir(benchmark())).toSorted()).toEqual([
      'constant-01.csv',
      'notes.txt',
      'series.json',
      'sine-01.csv',
      'square-01.csv',
      'triangle-01.csv',
    ]);
    expect(await readdir(folder)).toEqual(['benchmark']);
  });

  it('trains on series of a folder and measures the result beside the baselines', async () => {
    await smallBenchmark();
    const detector = join(folder, 'detector');
    await run(
      'train',
      '--config',
      'paper',
      '--series',
      benchmark(),
      '--output',
      detector,
      '--epochs',
      '2',
      '--seed',
      '3',
    );
    const { manifest } = await loadDetector(detector);
    await run('evaluate', '--series', benchmark(), '--detector', detector, '--json');
    const figures = lines()[0];

    expect(manifest).toMatchObject({ seed: 3, trainedOn: '8 labelled series (day) given with --series' });
    expect(manifest.settings.epochs).toBe(2);
    expect(manifest.quality[0]?.on).toContain('200 fresh series');
    expect(manifest).not.toHaveProperty('corpus');
    expect(figures).toMatchObject({
      detector: 'paper-seed-3',
      series: 8,
      interval: { labelled: expect.any(Number) },
      event: { delay: {}, falseEpisodesPerSeriesMonth: expect.any(Number) },
      baselines: { zScore: { interval: {} } },
    });
    expect(figures?.randomVusPr).toBeTypeOf('number');
  });

  it('finds the anomalies of the benchmark with the shipped detector', async () => {
    await smallBenchmark();
    await run('evaluate', '--series', benchmark(), '--json');
    const figures = lines()[0] as { event: { recall: number; f1: number }; vusPr: number; randomVusPr: number };
    await run('evaluate', '--series', benchmark());

    expect(figures.event.recall).toBe(1);
    expect(figures.vusPr).toBeGreaterThan(figures.randomVusPr + 0.3);
    expect(output).toContain('z-score');
  });

  it('asks for labels', async () => {
    await writeFile(join(folder, 'plain.csv'), 'time,value\n2026-01-01,1\n');

    await expect(run('evaluate', '--series', join(folder, 'plain.csv'))).rejects.toThrow(/a column anomaly/);
  });
});

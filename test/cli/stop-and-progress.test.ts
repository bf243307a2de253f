import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSeriesVerb, runStoppable } from './run-series-verb.ts';

const DAY_MS = 86_400_000;
let folder: string;
let series: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-stop-'));
  series = join(folder, 'series.csv');
  const rows = Array.from({ length: 60 }, (_, day) => {
    const date = new Date(Date.UTC(2026, 0, 1) + day * DAY_MS).toISOString().slice(0, 10);
    return `${date},${Math.sin(day)},${day === 50 ? 1 : 0}`;
  });
  await writeFile(series, `time,value,anomaly\n${rows.join('\n')}\n`);
});
afterEach(() => rm(folder, { recursive: true }));

describe('a verb over series', () => {
  it.each(['detect', 'evaluate'])('%s tells how many series are judged', async (verb) => {
    const { progress } = await runSeriesVerb(verb, '--series', series);

    expect(progress).toContain('detection 1/1');
  });

  it.each([
    ['detect', []],
    ['evaluate', []],
    ['train', ['--epochs', '2']],
    ['train', ['--epochs', '2', '--config', 'paper']],
  ])('%s ends when it is asked to, and writes nothing', async (verb, more) => {
    const output = verb === 'train' ? ['--output', join(folder, 'out')] : [];

    const work = runStoppable(AbortSignal.abort(), verb, '--series', series, ...output, ...more);

    await expect(work).rejects.toMatchObject({ code: 'cancelled', exitCode: 130 });
    expect(await readdir(folder, { recursive: true })).toEqual(['series.csv']);
  });

  it('train tells every pass of both stages of both pairs', async () => {
    const { progress } = await runSeriesVerb(
      'train',
      '--series',
      series,
      '--output',
      join(folder, 'out'),
      ...['--config', 'paper', '--epochs', '2'],
    );

    expect(progress.slice(0, 8)).toEqual([
      'forecast 1/2',
      'forecast 2/2',
      'classifier 1/2',
      'classifier 2/2',
      'forecast, short history 1/2',
      'forecast, short history 2/2',
      'classifier, short history 1/2',
      'classifier, short history 2/2',
    ]);
    expect((await readdir(join(folder, 'out'))).toSorted()).toEqual([
      'manifest.json',
      'weights-short-term.bin',
      'weights.bin',
    ]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../src/platform/random.ts';
import { runSeriesVerb } from './run-series-verb.ts';

const DETECTOR = join(import.meta.dirname, '..', '..', 'detectors', 'driftbell');
const DAY_MS = 86_400_000;
/** A Monday. */
const FIRST_MS = Date.UTC(2001, 2, 26);

let folder: string;
let path: string;

/** 1,000 on working days, 600 at weekends and on Memorial Day, 28 May. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-holidays-'));
  path = join(folder, 'traffic.csv');
  const random = createSeededRandom(8);
  const rows = Array.from({ length: 75 }, (_, at) => {
    const isFree = at % 7 >= 5 || at === 63;
    const time = new Date(FIRST_MS + at * DAY_MS).toISOString().slice(0, 10);
    return `${time},${((isFree ? 600 : 1_000) * (1 + 0.02 * random.normal())).toFixed(2)},0`;
  });
  await writeFile(path, `time,value,anomaly\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

async function anomalies(...options: readonly string[]): Promise<Record<string, unknown>[]> {
  const { output } = await runSeriesVerb('detect', '--series', path, '--detector', DETECTOR, '--json', ...options);
  const lines = output.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ anomaly }) => anomaly === true);
}

describe('detect --holidays', () => {
  it('takes a Monday that everybody has off for a Sunday', async () => {
    expect((await anomalies()).map(({ time }) => time)).toContain('2001-05-28');
    expect((await anomalies('--holidays', 'US')).map(({ time }) => time)).not.toContain('2001-05-28');
    expect((await anomalies('--holidays', 'DE')).map(({ time }) => time)).toContain('2001-05-28');
  });

  it('names the holiday in its row', async () => {
    const { output } = await runSeriesVerb('detect', '--series', path, '--detector', DETECTOR, '--holidays', 'US');

    expect(output.split('\n').find((line) => line.includes('2001-05-28'))).toContain('on Memorial Day (US)');
  });

  it.each([
    ['an unknown place', ['--detector', DETECTOR, '--holidays', 'Grmany'], 'Did you mean DE (Germany)'],
    [
      'a detector that reads none',
      ['--detector', 'detectors/paper', '--holidays', 'US'],
      'a detector that reads holidays',
    ],
  ])('refuses %s', async (_case, options, words) => {
    await expect(runSeriesVerb('detect', '--series', path, ...options)).rejects.toThrow(words);
  });

  it('counts in evaluate, but not beside a threshold that is chosen elsewhere', async () => {
    const verb = ['evaluate', '--series', path, '--detector', DETECTOR, '--holidays'] as const;

    const falseEpisodes = async (place: string) =>
      JSON.parse((await runSeriesVerb(...verb, place, '--json')).output).event.falseEpisodesPerSeriesMonth as number;

    expect(await falseEpisodes('US')).toBeLessThan(await falseEpisodes('DE'));
    await expect(runSeriesVerb(...verb, 'US', '--threshold-from', path)).rejects.toThrow('--holidays');
  });
});

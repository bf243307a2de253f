import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../src/platform/random.ts';
import { runSeriesVerb } from './run-series-verb.ts';

const DETECTOR = join(import.meta.dirname, '..', '..', 'detectors', 'driftbell');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-together-'));
});
afterAll(() => rm(folder, { recursive: true }));

const day = (at: number) => new Date(Date.UTC(2026, 0, 5) + at * 86_400_000).toISOString().slice(0, 10);

/** Noise widths, about three gaps between baseline and bound: as much as is taken out of a series. */
const RISE = 8;

/** Ten series that begin on different days, and all rise on day 50. */
function rowsOf(name: string, index: number, rise = RISE): string[] {
  const random = createSeededRandom(70 + index);
  return Array.from(
    { length: 60 },
    (_, at) => `${name},${day(at)},${100 + random.normal() + (at === 50 ? rise : 0)}`,
  ).slice(index);
}

async function lines(...paths: readonly string[]): Promise<Record<string, unknown>[]> {
  const { output } = await runSeriesVerb('detect', '--series', ...paths, '--detector', DETECTOR, '--json');
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ time }) => time === day(50));
}

const names = Array.from({ length: 10 }, (_, index) => `s${index}`);

describe('detect on series that move together', () => {
  it('takes what they share out of those of one file, and says so', async () => {
    const path = join(folder, 'model.csv');
    await writeFile(path, `series,time,value\n${names.flatMap((name, index) => rowsOf(name, index)).join('\n')}\n`);

    const found = await lines(path);

    expect(found).toHaveLength(10);
    expect(found.filter(({ anomaly }) => anomaly === true)).toEqual([]);
    expect(found.every(({ commonMode }) => (commonMode as number) > 1)).toBe(true);
    const { output } = await runSeriesVerb('detect', '--series', path, '--detector', DETECTOR);
    expect(output).toContain('most series rose together');
  });

  it('compares no series of different files', async () => {
    const paths = await Promise.all(
      names.map(async (name, index) => {
        const path = join(folder, `${name}.csv`);
        await writeFile(path, `series,time,value\n${rowsOf(name, index, 20).join('\n')}\n`);
        return path;
      }),
    );

    const found = await lines(...paths);

    expect(found.filter(({ anomaly }) => anomaly === true)).toHaveLength(10);
    expect(found.every((line) => !('commonMode' in line))).toBe(true);
  });
});

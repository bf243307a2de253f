import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../src/platform/random.ts';
import { runSeriesVerb } from './run-series-verb.ts';

const DETECTOR = join(import.meta.dirname, '..', '..', 'detectors', 'driftbell');
const DAYS = 60;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-rows-'));
});
afterAll(() => rm(folder, { recursive: true }));

const day = (at: number) => new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);

/** A rate near .2 that has stood nearly still, as with much traffic, and is .26 on the last day. */
async function file(header: string, fields: (value: string) => string): Promise<string> {
  const random = createSeededRandom(4);
  const rows = Array.from({ length: DAYS }, (_, at) => {
    const value = at === DAYS - 1 ? 0.26 : 0.2 + 0.001 * random.normal();
    return `${day(at)},${fields(value.toFixed(5))}`;
  });
  const path = join(folder, 'rate.csv');
  await writeFile(path, `${header}\n${rows.join('\n')}\n`);
  return path;
}

async function isLastAnomalous(path: string): Promise<unknown> {
  const { output } = await runSeriesVerb('detect', '--series', path, '--detector', DETECTOR, '--json');
  return (JSON.parse(output.trim().split('\n').at(-1) ?? '') as { anomaly: boolean }).anomaly;
}

describe('series files that say how many rows are behind a value', () => {
  it.each([
    [60, false],
    [1_000_000, true],
  ])('find a rate of %d rows that moves by .06: %j', async (rows, isAnomaly) => {
    const path = await file('time,value,rows,kind', (value) => `${value},${rows},rate`);

    expect(await isLastAnomalous(path)).toBe(isAnomaly);
  });

  it('know nothing of chance without the kind, or without the rows', async () => {
    expect(await isLastAnomalous(await file('time,value,rows', (value) => `${value},60`))).toBe(true);
    expect(await isLastAnomalous(await file('time,value,kind,rows', (value) => `${value},rate,`))).toBe(true);
  });

  it.each([
    ['time,value,rows', '-1', 'a whole number of rows'],
    ['time,value,rows', 'many', 'a whole number of rows'],
    ['time,value,kind', 'ratio', 'one of level, scale, rate'],
  ])('refuse %s with %s', async (header, field, words) => {
    const path = await file(header, (value) => `${value},${field}`);

    await expect(isLastAnomalous(path)).rejects.toThrow(words);
  });
});

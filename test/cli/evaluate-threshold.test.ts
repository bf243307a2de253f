import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../src/platform/random.ts';
import { runSeriesVerb } from './run-series-verb.ts';

let folder: string;

const DAY_MS = 86_400_000;
const day = (index: number): string => new Date(Date.UTC(2026, 0, 1) + index * DAY_MS).toISOString().slice(0, 10);

/** Ninety days around 100, and the events of 60 noise widths that begin on the days given. */
async function writeSeries(name: string, { seed, events }: { readonly seed: number; readonly events: number[] }) {
  const random = createSeededRandom(seed);
  const rows = Array.from({ length: 90 }, (_, index) => {
    const isEvent = events.some((start) => index >= start && index < start + 2);
    return `${day(index)},${100 + random.normal() + (isEvent ? 60 : 0)},${isEvent ? 1 : 0}`;
  });
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, `${name}.csv`), `time,value,anomaly\n${rows.join('\n')}\n`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftbell-threshold-'));
  await writeSeries('tuning', { seed: 1, events: [40, 70] });
  await writeSeries('measured', { seed: 2, events: [60] });
  await writeSeries('calm', { seed: 3, events: [] });
  await mkdir(join(folder, 'plain'));
  await writeFile(join(folder, 'plain', 'plain.csv'), `time,value\n${day(0)},1\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const evaluate = (series: string, from: string, ...more: readonly string[]) => {
  return runSeriesVerb(
    'evaluate',
    ...['--series', join(folder, series), '--threshold-from', join(folder, from)],
    ...more,
  );
};

describe('evaluate --threshold-from', () => {
  it('chooses a threshold on some series and measures it on others', async () => {
    const { output } = await evaluate('measured', 'tuning', '--json');
    const { transferred } = JSON.parse(output) as { transferred: Record<string, never> };

    expect(transferred).toMatchObject({
      threshold: expect.any(Number),
      budget: 1,
      chosenOn: { series: 1, event: { events: 2, found: 2, f1: 1, falseEpisodes: 0 } },
      applied: { series: 1, event: { events: 1, found: 1, f1: 1 }, interval: { f1: expect.any(Number) } },
      ranking: { averagePrecision: expect.any(Number), recallAtBudgets: { length: 3 }, scorable: 1 },
    });
  });

  it('ranks by rarity with a calibrated detector, whose threshold is then no probability', async () => {
    const detector = join(import.meta.dirname, '..', '..', 'detectors', 'driftbell');
    const { output } = await evaluate('measured', 'tuning', '--json', '--detector', detector);

    expect((JSON.parse(output) as { transferred: { threshold: number } }).transferred.threshold).toBeGreaterThan(1);
  });

  it('tells both, with what the choice allowed', async () => {
    const { output } = await evaluate('measured', 'tuning', '--budget', '2.5');

    expect(output).toMatch(
      /^threshold \d.*no more than 2\.5 false episodes per series and month, as far as those series can tell .*$/m,
    );
    expect(output).toMatch(/^chosen on +1 +2 +1 +1 +1 /m);
    expect(output).toMatch(/^applied to +1 +1 +1 +1 +1 /m);
  });

  it('says nothing of a threshold when none is asked for', async () => {
    const { output } = await runSeriesVerb('evaluate', '--series', join(folder, 'measured'));

    expect(output).not.toContain('threshold');
  });

  it.each([
    ['the same series twice', 'measured', ['--budget', '1'], /other series in --threshold-from.*in both/],
    ['series without labels', 'plain', [], /a column anomaly of 0 and 1 in --threshold-from/],
    ['series without an event to find', 'calm', [], /a threshold that finds an event of .*calm.*got none/],
    ['a budget of nothing', 'tuning', ['--budget', '0'], /--budget as a number above 0/],
    ['a budget in words', 'tuning', ['--budget', 'few'], /--budget as a number above 0.*"few"/],
    ['filters, which replace the threshold', 'tuning', ['--filters', 'on'], /Leave the filters off/],
    ['a folder that is not there', 'nowhere', [], /a CSV file or a folder/],
  ])('refuses %s', async (_, from, more, message) => {
    await expect(evaluate('measured', from, ...more)).rejects.toThrow(message);
  });

  it('refuses a budget without a threshold to choose', async () => {
    const args = ['evaluate', '--series', join(folder, 'measured'), '--budget', '2'];

    await expect(runSeriesVerb(...args)).rejects.toThrow(/--budget without --threshold-from/);
  });
});

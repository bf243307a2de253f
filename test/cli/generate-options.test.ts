import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseCorpus } from '../../src/cli/generate-options.ts';
import { generateCorpus } from '../../src/detection/synthetic/generate-corpus.ts';
import { referenceCorpus } from '../../src/detection/synthetic/generator-options.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { runSeriesVerb } from './run-series-verb.ts';

describe('the parameters of the reference generator', () => {
  it('are those of the reference when none is named', () => {
    expect(chooseCorpus({})).toEqual({ corpus: referenceCorpus, startMs: Date.UTC(2022, 0, 1) });
  });

  it('can each be named', () => {
    const { corpus } = chooseCorpus({
      perKind: '3',
      kinds: 'sine,constant',
      phase: 'zero',
      period: '5',
      slope: '0..0',
      intercept: '-1..1',
      noise: '0',
      shares: '0,1,0',
      duration: '4',
      earliest: '30',
      level: '2..3',
      leastChange: '0',
    });

    expect(corpus).toMatchObject({
      seriesPerKind: 3,
      kinds: ['sine', 'constant'],
      isPhaseRandom: false,
      periodWindows: 5,
      slope: { from: 0, to: 0 },
      intercept: { from: -1, to: 1 },
      noise: { from: 0, to: 0 },
      anomalyShares: { spike: 0, levelShift: 1, none: 0 },
      duration: { from: 4, to: 4 },
      earliestStart: 30,
      level: { from: 2, to: 3 },
      leastRelativeChange: 0,
    });
    const [sine] = generateCorpus({ ...corpus, intercept: { from: 0, to: 0 } }, createSeededRandom(1));
    const at = sine?.anomalies[0]?.start ?? 0;
    expect(sine?.values[3]).toBeCloseTo(Math.sin((2 * Math.PI * 3) / 5), 12);
    expect(at).toBeGreaterThanOrEqual(30);
    expect((sine?.values[at] ?? 0) - Math.sin((2 * Math.PI * at) / 5)).toBeCloseTo(sine?.anomalies[0]?.level ?? 0, 12);
  });

  it.each([
    [{ start: '2022-01-01', end: '2023-01-01' }, 365],
    [{ start: '2023-01-01', end: '2023-04-01' }, 90],
    [{ days: '40' }, 40],
  ])('leave the end out: %j is %d days', (given, days) => {
    expect(chooseCorpus(given).corpus.windows).toBe(days);
  });

  it.each([
    [{ start: '2023-04-01', end: '2023-01-01' }, /--end after --start/],
    [{ days: '3', end: '2023-01-01' }, /--days or --end, got both/],
    [{ start: 'soon' }, /--start as a day, got "soon"/],
    [{ kinds: 'sine,saw' }, /--kinds of constant, triangle, square, sine, got "saw"/],
    [{ kinds: 'sine,sine' }, /named once each/],
    [{ phase: 'maybe' }, /--phase random or zero/],
    [{ level: '1..0.5' }, /--level as two numbers, the smaller first/],
    [{ duration: '1.5..2' }, /--duration in whole days/],
    [{ shares: '1,0' }, /--shares as three numbers/],
    [{ noise: '-1' }, /a number from 0, got "-1"/],
  ])('are refused in one line: %j', (given, message) => {
    expect(() => chooseCorpus(given)).toThrow(
      expect.objectContaining({ code: 'usage.invalid', message: expect.stringMatching(message) }),
    );
  });
});

describe('generate', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'driftbell-generate-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('dates the files from the first day that was named to the day before the end', async () => {
    const output = join(folder, 'test');

    await runSeriesVerb(
      ...['generate', '--benchmark', 'alertiger', '--output', output, '--per-kind', '1'],
      ...['--start', '2023-01-01', '--end', '2023-04-01'],
    );

    const lines = (await readFile(join(output, 'constant-01.csv'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(91);
    expect([lines[1]?.slice(0, 10), lines.at(-1)?.slice(0, 10)]).toEqual(['2023-01-01', '2023-03-31']);
  });

  it.each([
    [['--shares', '0.5,0.5,0.1'], /sum to 1, got 0\.5 \+ 0\.5 \+ 0\.1/],
    [['--days', '37'], /at least 38 windows, got 37/],
  ])('writes nothing when %j cannot be', async (more, message) => {
    const work = runSeriesVerb('generate', '--output', join(folder, 'test'), ...more);

    await expect(work).rejects.toThrow(message);
    expect(await readdir(folder)).toEqual([]);
  });
});

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  baselineVariants,
  driftbellSettings,
  type EvaluationSeries,
  type ScoredGrid,
  type Variant,
} from '../../../src/detection/index.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { measureRow } from './ablation/row-figures.ts';
import { items, parts, trainingSettings } from './ablation/switches.ts';
import { readArguments, readCount } from './bench-arguments.ts';
import { cachedFile } from './cached-file.ts';
import { cleanFigures, ownFalseRate, windowsByKind } from './clean-figures.ts';
import { codeDigest } from './code-digest.ts';
import { ablationDocument } from './document/ablation-document.ts';
import { evidenceDocument } from './document/evidence-document.ts';
import { failures, goals } from './document/goals.ts';
import { seedsDocument } from './document/seeds-document.ts';
import type { EvidenceResult } from './evidence-result.ts';
import type { EvidenceSet } from './evidence-set.ts';
import { measureSets, scoreSets } from './measure-sets.ts';
import { reliability } from './reliability.ts';

/** Noise around 100 with one event of `size` noise widths on days 60 and 61. */
function series(unit: string, seed: number, size: number): EvaluationSeries {
  const random = createSeededRandom(seed);
  const labels = new Uint8Array(90).fill(size === 0 ? 0 : 1, 60, 62);
  return {
    unit,
    labels,
    values: Float64Array.from(labels, (label) => 100 + random.normal() + label * size),
    daysOfWeek: Uint8Array.from(labels, (_, day) => day % 7),
    clusterAt: () => unit,
  };
}

function toySet(name: string, seed: number, more: Partial<EvidenceSet> = {}): EvidenceSet {
  return {
    name,
    granularity: 'day',
    series: Array.from({ length: 6 }, (_, at) => series(`${name} ${at}`, seed + at, at < 4 ? 30 : 0)),
    about: 'toy series',
    source: 'this test',
    licence: 'Apache-2.0',
    thresholdFrom: [],
    role: 'real',
    ...more,
  };
}

/** Sees the truth, with a band, tail probabilities and rules of its own. */
const oracle: Variant = {
  name: 'driftbell',
  scoreAll: (grids) =>
    Promise.resolve(
      grids.map(({ values }): ScoredGrid => {
        const tail = values.map((value) => (value > 120 ? 1e-6 : 0.5));
        return {
          scores: tail.map((p) => -Math.log10(p)),
          lower: values.map(() => 90),
          upper: values.map(() => 110),
          tail,
          alerts: Uint8Array.from(tail, (p) => (p < 0.001 ? 1 : 0)),
        };
      }),
    ),
};

const sets = [toySet('first', 10, { thresholdFrom: ['second'] }), toySet('second', 20, { role: 'tuning' })];
const clean = { ...toySet('clean', 30), series: [series('calm', 40, 0), series('other', 41, 0)] };

async function measure() {
  const variants = [oracle, ...baselineVariants(createSeededRandom(1))];
  const scores = await scoreSets(variants, [...sets, clean], () => {});
  const random = () => createSeededRandom(2);
  const measured = measureSets(sets, scores, { compared: 'driftbell', random, isShown: () => true, tell: () => {} });
  return { scores, measured };
}

async function toyResult(): Promise<EvidenceResult> {
  const { scores, measured } = await measure();
  const of = (name: string) => scores.get(name)?.get('clean') ?? [];
  return {
    command: 'npm run evaluate:evidence -- --data DATA',
    versions: 'Node 0.',
    detectors: [{ name: 'driftbell', trainedOn: 'nothing', checksum: 'abc' }],
    sets: measured,
    clean: [...scores.keys()].map((name) => cleanFigures(name, clean, of(name), createSeededRandom(3))),
    cleanWindows: windowsByKind(clean),
    cleanDaily: [{ variant: 'driftbell', rate: ownFalseRate(clean, of('driftbell')) }],
    reliability: [reliability(clean, of('driftbell'))].flatMap((one) => one ?? []),
    excerpts: [],
  };
}

describe('measuring sets', () => {
  it('applies the threshold of other sets, and compares on the same draws', async () => {
    const [set] = (await measure()).measured;
    const of = (name: string) => set?.variants.find(({ variant }) => variant === name);

    expect((await measure()).measured).toHaveLength(1);
    expect(set).toMatchObject({ name: 'first', units: 6, events: 4, seriesCount: 6, days: 6 * 62 });
    expect(of('driftbell')).toMatchObject({
      threshold: 6,
      transferred: { event: { f1: 1, falseEpisodes: 0 }, interval: { f1: 1 } },
      own: { event: { f1: 1 } },
      difference: { low: 0, high: 0 },
    });
    expect(of('random')?.transferred.event.f1 ?? 0).toBeLessThan(0.3);
    expect(of('random')?.difference.low).toBeGreaterThan(0.5);
    expect(of('mean/std z')?.own).toBeNull();
  });

  it('raises nothing where no threshold was within the budget', async () => {
    const blind: Variant = {
      ...oracle,
      scoreAll: (grids) => Promise.resolve(grids.map(({ values }) => ({ scores: values.map(() => Number.NaN) }))),
    };
    const scores = await scoreSets([blind], sets, () => {});
    const random = () => createSeededRandom(2);
    const [set] = measureSets(sets, scores, { compared: 'driftbell', random, isShown: () => true, tell: () => {} });

    expect(set?.variants[0]).toMatchObject({ threshold: null, transferred: { event: { found: 0, episodes: 0 } } });
  });
});

describe('healthy series', () => {
  it('share one threshold over kinds, without labelled windows', () => {
    const kinds = ['level', 'rate'] as const;
    const all = kinds.map((statisticKind, at) => ({ ...series(statisticKind, at, 0), statisticKind }));
    const labels = new Uint8Array(90).fill(1, 89);
    const set = { ...clean, series: all.map((one) => ({ ...one, labels })) };
    const scored = kinds.map((_, kind) => ({
      scores: Float64Array.from(labels, (label, at) => (label === 1 ? 99 : at < 40 ? 8 - kind : 0)),
    }));

    const figures = cleanFigures('x', set, scored, createSeededRandom(3));

    expect(windowsByKind(set)).toMatchObject({ level: 61, rate: 61, count: 0 });
    // The highest scores are 8, on twelve windows of one kind only.
    expect(figures.byKind).toMatchObject({ level: 12 / 61, rate: 0, count: null });
    expect(figures.spread).toBeNull();
    expect(figures.spreadInterval).toBeNull();
    expect(figures.ownFalseEpisodesPer1000SeriesWeeks).toBeNull();
  });

  it('tell how sure the inequality of kinds is, which one loud series among few makes unsure', () => {
    const intervalOf = (seriesOfKind: number) => {
      const all = Array.from({ length: 2 * seriesOfKind }, (_, at) => {
        return {
          ...series(`s${at}`, at, 0),
          statisticKind: at < seriesOfKind ? ('level' as const) : ('rate' as const),
        };
      });
      const labels = new Uint8Array(90);
      const set = { ...clean, series: all.map((one) => ({ ...one, labels })) };
      // Every fourth series of rates is loud on six windows; each level is odd on one.
      const scored = all.map(({ statisticKind }, index) => {
        const odd = statisticKind === 'level' ? 1 : index % 4 === 0 ? 6 : 0;
        return { scores: Float64Array.from(labels, (_, at) => (at >= 40 && at < 40 + odd ? 9 : 0)) };
      });
      const { spread, spreadInterval } = cleanFigures('x', set, scored, createSeededRandom(4));
      expect(spread).toBeCloseTo(1.5, 6);
      return spreadInterval ?? { low: 0, high: 0 };
    };

    const [few, many] = [intervalOf(40), intervalOf(400)];

    expect(few.low).toBeLessThanOrEqual(1.5);
    expect(few.high).toBeGreaterThan(1.5);
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 2);
  });
});

describe('reliability', () => {
  it('counts unlabelled windows at most as likely as promised', () => {
    const tail = Float64Array.from({ length: 90 }, (_, at) => (at % 10 === 0 ? 0.01 : 0.4));
    const set = { ...clean, series: [series('a', 1, 30)] };

    const found = reliability(set, [{ scores: tail, tail }]);

    // 62 windows after the warm-up, two of them labelled, one of which (60) is rare; of 30, 40 .. 80 five others are.
    expect(found).toMatchObject({ windows: 60 });
    expect(found?.seen.map((share) => Math.round((share ?? 0) * 60))).toEqual([60, 5, 5, 5, 5, 5, 0, 0, 0]);
    expect(reliability(set, [{ scores: tail }])).toBeNull();
  });
});

describe('the document', () => {
  it('says the same for the same data and seeds, but for the seconds', async () => {
    const [first, second] = [evidenceDocument(await toyResult(), 'A'), evidenceDocument(await toyResult(), 'B')];

    expect(second.replace('- B\n', '- A\n')).toBe(first);
    expect(first).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(first).toContain('### first');
    expect(first).toContain('licence: Apache-2.0');
  });

  it('tells goals that were missed, and simpler rules that did better', async () => {
    const result = await toyResult();
    const [set] = result.sets;
    if (set === undefined) throw new Error('one set was measured');
    const worse = set.variants.map((one) => {
      return one.variant === 'driftbell'
        ? { ...one, transferred: { ...one.transferred, event: { ...one.transferred.event, f1: 0.1 } } }
        : one;
    });

    // Every healthy window scores alike there, so that no kind is alarmed more than another.
    expect(goals(result).filter(({ isReached }) => isReached)).toMatchObject([{ measured: '1.0 times' }]);
    expect(failures(result).filter((line) => !line.startsWith('Goal'))).toEqual([]);
    expect(failures({ ...result, sets: [{ ...set, variants: worse }] }).join('\n')).toMatch(
      /On first, .* has a higher event F1 than driftbell \(.* against 0\.10/,
    );
  });
});

describe('the ablation', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'driftbell-ablation-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('measures a row by the thresholds of other sets, and tells what falls without a part', async () => {
    const all = { sets, clean, cleanDaily: clean };
    const full = await measureRow(oracle, all);
    const random = baselineVariants(createSeededRandom(3)).at(-1);
    if (random === undefined) throw new Error('random is the last');
    const document = ablationDocument(
      {
        command: 'npm run evaluate:ablation -- --data DATA',
        epochs: 1,
        seed: 1,
        full,
        items: [{ name: 'truth', about: 'sees the truth', figures: await measureRow(random, all) }],
        parts: [],
        realSets: ['first'],
        losses: [1],
        creep: [
          { set: 'days', ramps: 9, foundWithout: 2, foundWith: 7, toldPerYear: 0.44 },
          { set: 'more', ramps: 3, foundWithout: 1, foundWith: 1, toldPerYear: 0 },
        ],
      },
      'A',
    );

    expect(full.sets).toMatchObject([{ set: 'first', f1: 1 }]);
    expect(document).toContain('| days | 9 | 2 | 7 | 0.4 |');
    expect(document).toContain('Slow drifts help on 1 of 2 sets with real days.');
    expect(document).toMatch(/\| truth \| \*\*\+[01]\.\d\d\*\* \| 1 of 1 \(!\) \|/);
    expect(document).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('tells the middle and the ends of what several seeds give', async () => {
    const all = { sets, clean, cleanDaily: clean };
    const full = await measureRow(oracle, all);
    const random = baselineVariants(createSeededRandom(3)).at(-1);
    if (random === undefined) throw new Error('random is the last');
    const blind = await measureRow(random, all);
    const runs = [
      { seed: 1, byDraw: [full] },
      { seed: 2, byDraw: [blind, full] },
    ];

    const document = seedsDocument({ command: 'npm run evaluate:seeds -- --data DATA', epochs: 1, runs }, 'A');

    // Two runs see the truth, one does not: the median is 1, the smallest is what chance finds.
    expect(document).toMatch(/\| first \| 3 \| 1\.00 \| 0\.\d\d to 1\.00 \| 0\.00 \| 0\.00 to \d/);
    expect(document).toContain('Seeds 1 and 2, 1 passes.');
  });

  it('trains anew for those only that training depends on', () => {
    const usual = JSON.stringify(trainingSettings(driftbellSettings));
    const switches = [...items, ...parts];
    const trained = switches.filter(({ without }) => {
      return JSON.stringify(trainingSettings({ ...driftbellSettings, ...without })) !== usual;
    });

    expect(trained.map(({ name }) => name)).toContain('week and day removal');
    expect(trained.map(({ name }) => name)).not.toContain('masks');
    for (const { without, name, corpus } of switches) {
      const changed = JSON.stringify({ ...driftbellSettings, ...without, corpus });
      expect(changed, name).not.toBe(JSON.stringify(driftbellSettings));
    }
  });

  it('tells one state of the code from another by a digest', async () => {
    expect(await codeDigest()).toMatch(/^[0-9a-f]{64}$/);
    expect(await codeDigest()).toBe(await codeDigest());
  });

  it('keeps what was computed, by all that it follows from, and mends a broken file', async () => {
    let made = 0;
    const compute = (input: number) =>
      cachedFile({ folder, name: 'row', input, shape: z.number() }, () => {
        made += 1;
        return Promise.resolve(input * 2);
      });

    expect([await compute(1), await compute(1), await compute(2)]).toEqual([2, 2, 4]);
    expect(made).toBe(2);
    const files = await readdir(folder);
    expect(files).toHaveLength(2);
    for (const file of files) await writeFile(join(folder, file), '"ha');
    expect(await compute(1)).toBe(2);
    expect(made).toBe(3);
  });
});

describe('the options of the programs', () => {
  it('have defaults, and are refused in one line otherwise', () => {
    expect(readArguments(['--data', 'x'], { data: undefined, epochs: '3' })).toEqual({ data: 'x', epochs: '3' });
    expect(() => readArguments([], { data: undefined })).toThrow(/--data with a value/);
    expect(() => readArguments(['--date', 'x'], { data: undefined })).toThrow(/the options --data.*--date/);
    expect(readCount('epochs', '0')).toBe(0);
    expect(() => readCount('epochs', 'two')).toThrow(/--epochs as a whole number.*"two"/);
  });
});

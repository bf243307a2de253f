import { describe, expect, it } from 'vitest';
import { generateCorpus } from '../../src/detection/synthetic/generate-corpus.ts';
import { type GeneratorOptions, referenceCorpus } from '../../src/detection/synthetic/generator-options.ts';
import { anomalyProfile, REDRAW_LIMIT } from '../../src/detection/synthetic/inject-anomaly.ts';
import { waveValue } from '../../src/detection/synthetic/seasonality.ts';
import { trainingCorpus } from '../../src/detection/synthetic/training-corpus.ts';
import { createSeededRandom } from '../../src/platform/random.ts';

const small: GeneratorOptions = { ...referenceCorpus, seriesPerKind: 10 };

describe('weekly shapes', () => {
  const week = (kind: 'square' | 'triangle' | 'sine' | 'constant') =>
    Array.from({ length: 7 }, (_, t) => waveValue(kind, t, 0));

  it('are those of the reference at phase 0', () => {
    expect(week('square')).toEqual([-1, 1, 1, 1, -1, -1, -1]);
    expect(week('triangle')).toEqual(
      [1, 0.7143, 0.4286, 0.1429, 0.1429, 0.4286, 0.7143].map((v) => expect.closeTo(v, 4)),
    );
    expect(week('constant')).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(week('sine')[2]).toBeCloseTo(Math.sin((4 * Math.PI) / 7));
  });
});

describe('anomaly profiles', () => {
  it.each([
    [2, [1, 1]],
    [3, [0.5, 1, 0.5]],
    [4, [0.5, 1, 1, 0.5]],
    [5, [1 / 3, 2 / 3, 1, 2 / 3, 1 / 3]],
    [10, [0.2, 0.4, 0.6, 0.8, 1, 1, 0.8, 0.6, 0.4, 0.2]],
  ])('of a spike over %d windows', (duration, expected) => {
    expect([...anomalyProfile('spike', duration)]).toEqual(expected.map((height) => expect.closeTo(height)));
  });

  it('of a level shift are flat', () => {
    expect([...anomalyProfile('level shift', 3)]).toEqual([1, 1, 1]);
  });
});

describe('generateCorpus', () => {
  it('draws ten of each kind as 40 series of a year, in the order of the reference', () => {
    const corpus = generateCorpus(small, createSeededRandom(1));

    expect(corpus).toHaveLength(40);
    expect(corpus.map((series) => series.kind).filter((kind, index, all) => kind !== all[index - 1])).toEqual([
      'constant',
      'triangle',
      'square',
      'sine',
    ]);
    expect(corpus.every((series) => series.values.length === 365)).toBe(true);
  });

  it('is the same for the same seed', () => {
    expect(generateCorpus(small, createSeededRandom(9))).toEqual(generateCorpus(small, createSeededRandom(9)));
    expect(generateCorpus(small, createSeededRandom(9))).not.toEqual(generateCorpus(small, createSeededRandom(10)));
  });

  it('labels exactly the windows of at most one anomaly, after the first four weeks', () => {
    for (const series of generateCorpus(small, createSeededRandom(2))) {
      const labelled = [...series.labels.keys()].filter((index) => series.labels[index] === 1);

      const [anomaly, ...more] = series.anomalies;
      expect(more).toEqual([]);
      if (anomaly === undefined) expect(labelled).toEqual([]);
      else {
        const { start, duration } = anomaly;
        expect(labelled).toEqual(Array.from({ length: duration }, (_, index) => start + index));
        expect(start).toBeGreaterThanOrEqual(28);
        expect(duration).toBeGreaterThanOrEqual(2);
        expect(duration).toBeLessThanOrEqual(10);
        expect(anomaly.level).toBeGreaterThanOrEqual(0.5);
        expect(anomaly.level).toBeLessThanOrEqual(1);
      }
    }
  });

  it('spreads spikes, shifts and clean series as 40, 40 and 20 percent', () => {
    const corpus = generateCorpus({ ...referenceCorpus, seriesPerKind: 250 }, createSeededRandom(3));
    const share = (shape: string | null) =>
      corpus.filter((series) => (series.anomalies[0]?.shape ?? null) === shape).length / corpus.length;

    expect(share('spike')).toBeCloseTo(0.4, 1);
    expect(share('level shift')).toBeCloseTo(0.4, 1);
    expect(share(null)).toBeCloseTo(0.2, 1);
  });

  it('ends where the reference would redraw for ever', () => {
    const far = { ...small, intercept: { from: 900, to: 901 }, windows: 60 };
    let draws = 0;
    const random = createSeededRandom(1);
    const counted = {
      ...random,
      uniform: () => {
        draws += 1;
        return random.uniform();
      },
    };

    const corpus = generateCorpus(far, counted);

    expect(corpus.some((series) => series.anomalies[0]?.level === 1)).toBe(true);
    expect(draws).toBeLessThan(corpus.length * (REDRAW_LIMIT + 20));
  });

  it('refuses shares that do not sum to 1 and series too short for an anomaly', () => {
    const shares = { spike: 0.5, levelShift: 0.5, none: 0.1 };

    expect(() => generateCorpus({ ...small, anomalyShares: shares }, createSeededRandom(1))).toThrow(/sum to 1/);
    expect(() => generateCorpus({ ...small, windows: 37 }, createSeededRandom(1))).toThrow(/at least 38 windows/);
  });

  it('has noise of the spread, correlation and direction that were asked for', () => {
    const noisy: GeneratorOptions = {
      ...small,
      kinds: ['constant'],
      windows: 4_000,
      slope: { from: 0, to: 0 },
      noise: { from: 0.2, to: 0.2 },
      autocorrelation: { from: 0.6, to: 0.6 },
      tailDegrees: { from: 5, to: 5 },
      anomalyShares: { spike: 0, levelShift: 0, none: 1 },
    };

    for (const { values } of generateCorpus(noisy, createSeededRandom(5))) {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const centred = values.map((value) => value - mean);
      const variance = centred.reduce((sum, value) => sum + value ** 2, 0) / values.length;
      const lag = centred.reduce((sum, value, t) => sum + value * (centred[t - 1] ?? 0), 0) / values.length;
      expect(Math.abs(Math.sqrt(variance) - 0.2)).toBeLessThan(0.05);
      expect(Math.abs(lag / variance - 0.6)).toBeLessThan(0.1);
    }
    const both = generateCorpus({ ...small, direction: 'both' }, createSeededRandom(6));
    expect(both.some((series) => (series.anomalies[0]?.level ?? 0) < 0)).toBe(true);
  });

  it('makes the broad training corpus without a value that is not finite', () => {
    for (const part of trainingCorpus) {
      const corpus = generateCorpus({ ...part, seriesPerKind: 3 }, createSeededRandom(1));
      expect(corpus.every((series) => series.values.every(Number.isFinite))).toBe(true);
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { SeriesGrid } from '../../src/detection/features/history-rows.ts';
import { judgeSeries } from '../../src/detection/judge-series.ts';
import { type DetectionInput, runDetection } from '../../src/detection/run.ts';
import type { JudgingRules } from '../../src/domain/detector.ts';
import type { ModelId } from '../../src/domain/identifiers.ts';
import type { Series, SeriesKey } from '../../src/domain/series.ts';
import { dayOfWeek, shiftWindow, windowAt } from '../../src/domain/window.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Detector, JudgementBatch } from '../../src/ports/detector.ts';
import { rememberDetections } from '../doubles/remember-detections.ts';

const judging: JudgingRules = {
  omittedWindows: 3,
  leastKnownWindows: 7,
  masksAnomalies: true,
  relearnWindows: 10,
  flatWindows: 5,
  tailThreshold: 0.01,
};

/** The band is five deviations of the known windows around their mean. */
function gapDetector(rules = judging, seen: JudgementBatch[] = []): Detector {
  return {
    manifest: {
      name: 'gaps',
      configuration: 'driftbell',
      historyWindows: 28,
      seed: 0,
      trainedOn: '',
      quality: [],
      checksum: '',
      judging: rules,
    },
    judge: async (batch) => {
      seen.push(batch);
      const baseline = new Float64Array(batch.count);
      const half = new Float64Array(batch.count);
      for (let row = 0; row < batch.count; row += 1) {
        const known = batch.histories.subarray(row * 28, row * 28 + 25).filter(Number.isFinite);
        const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
        baseline[row] = mean;
        half[row] = 5 * Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
      }
      const severity = batch.values.map((value, row) => Math.abs(value - (baseline[row] ?? 0)) / (half[row] ?? 1));
      return {
        baseline,
        lower: baseline.map((mean, row) => mean - (half[row] ?? 0)),
        upper: baseline.map((mean, row) => mean + (half[row] ?? 0)),
        severity,
        tail: severity.map((distance) => Math.exp(-5 * distance)),
        score: severity,
      };
    },
    close: async () => {},
  };
}

const zone = 'UTC';
const first = windowAt(Date.UTC(2026, 0, 5, 12), zone, 'day');
const day = (at: number) => shiftWindow(first, at, zone, 'day');

function noisy(length: number, change: (value: number, at: number) => number, seed = 5): Float64Array {
  const random = createSeededRandom(seed);
  return Float64Array.from({ length }, (_, at) => change(100 + random.normal(), at));
}

function gridOf(values: Float64Array) {
  return { values, daysOfWeek: Uint8Array.from(values, (_, at) => dayOfWeek(day(at), zone)) };
}

async function flagsOf(values: Float64Array, rules = judging, known: Partial<SeriesGrid> = {}): Promise<number[]> {
  const [grid] = await judgeSeries(gapDetector(rules), [{ ...gridOf(values), ...known }], { stride: 1 });
  return [...(grid?.anomalies.entries() ?? [])].filter(([, flag]) => flag === 1).map(([at]) => at);
}

/** Days that are anomalies when they are judged one by one from what is stored. */
async function daysOf(
  values: Float64Array,
  key: SeriesKey,
  { model, rules }: { readonly model: DetectionInput['model']; readonly rules: JudgingRules },
): Promise<number[]> {
  const stored = rememberDetections();
  const series = (until: number): Series => ({
    key,
    points: [...values.subarray(0, until + 1)].flatMap((value, at) => {
      return Number.isNaN(value) ? [] : [{ window: day(at), value, rows: 100 }];
    }),
  });
  for (const at of values.keys()) {
    const deps = {
      statistics: { series: () => [series(at)], states: () => [], window: () => [] },
      detections: stored,
      detector: gapDetector(rules),
    };
    await runDetection(deps, { model, window: day(at), keys: [key] });
  }
  return [...values.keys()].filter((at) => stored.byWindow.get(day(at).startMs)?.[0]?.isAnomaly);
}

/** Four days of 6.4 deviations. */
function weakShift(at: number): number {
  return at >= 40 && at < 44 ? 6.4 : 0;
}

describe('judging with masks', () => {
  const burst = noisy(90, (value, at) => (at >= 40 && at < 46 ? value + 30 : value));

  it('keeps the band narrow after an incident, so that the next one is seen', async () => {
    const twice = burst.map((value, at) => (at === 56 ? value + 12 : value));

    expect(await flagsOf(twice)).toEqual([40, 41, 42, 43, 44, 45, 56]);
    expect(await flagsOf(twice, { ...judging, masksAnomalies: false })).not.toContain(56);
  });

  it('takes a shift that stays for the new normal, and sees what happens on it', async () => {
    const shifted = noisy(120, (value, at) => (at < 40 ? value : at === 80 ? value + 60 : value + 30));

    const flags = await flagsOf(shifted);

    expect(flags.slice(0, 10)).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]);
    expect(flags.filter((at) => at >= 55)).toEqual([80]);
  });

  it('takes the end of a long incident for what it is, and sees the next one', async () => {
    const long = noisy(90, (value, at) =>
      at >= 40 && at < 53 ? value + 30 : at === 65 || at === 75 ? value - 12 : value,
    );

    expect(await flagsOf(long)).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 65, 75]);
  });

  it('never falls silent: masks alone would leave nothing to judge by', async () => {
    const shifted = noisy(150, (value, at) => (at < 40 ? value : value + 30));
    const [grid] = await judgeSeries(gapDetector(), [gridOf(shifted)], { stride: 1 });

    const unjudged = [...(grid?.score ?? [])].slice(28).filter(Number.isNaN);
    expect(unjudged.length).toBeLessThan(5);
  });

  it('judges from the eleventh window on, and past missing ones', async () => {
    const gaps = noisy(40, (value, at) => (at === 20 || at === 21 ? Number.NaN : value));
    const [grid] = await judgeSeries(gapDetector(), [gridOf(gaps)], { stride: 1 });

    const judged = [...(grid?.score ?? [])].map((score) => !Number.isNaN(score));
    expect(judged.indexOf(true)).toBe(10);
    expect(judged.filter((is) => is)).toHaveLength(28);
  });

  it('decides no window by a later one', async () => {
    const whole = await flagsOf(burst);

    for (const length of [42, 47, 60, 75]) {
      expect(await flagsOf(burst.slice(0, length))).toEqual(whole.filter((at) => at < length));
    }
  });

  it('finds a series that is stuck on a usual value, and keeps its band for when it moves again', async () => {
    const stuck = noisy(80, (value, at) => (at >= 40 && at < 52 ? 100.3 : at === 60 ? value + 14 : value));

    expect(await flagsOf(stuck)).toEqual([44, 45, 46, 47, 48, 49, 50, 51, 60]);
    expect(await flagsOf(stuck, { ...judging, flatWindows: 0 })).not.toContain(44);
  });

  it.each([
    ['a shift that stays', (value: number, at: number) => (at >= 40 ? value + 30 : at === 33 ? Number.NaN : value), 40],
    ['a long incident', (value: number, at: number) => (at >= 40 && at < 54 ? value + 30 : value), 40],
    ['a flatline', (value: number, at: number) => (at >= 40 && at < 55 ? 100.3 : value), 44],
    ['spikes', (value: number, at: number) => (at > 28 && at % 8 === 0 ? value + 60 : value), 32],
    ['a weak shift', (value: number, at: number) => value + weakShift(at), 41],
  ])('says day by day, from what is stored, what it says of the whole series: %s', async (_, change, found) => {
    const rules = { ...judging, runs: { pair: { factor: 1.2, exponent: 1.3 }, goesOn: 4 } };
    const values = noisy(75, change);
    const key = { segment: '', column: 'age', role: 'feature', statistic: 'mean' } as const;

    const daily = await daysOf(values, key, { model: { id: 1 as ModelId, zone, granularity: 'day' }, rules });

    expect(daily).toEqual(await flagsOf(values, rules));
    expect(daily).toContain(found);
  });

  it('says day by day what it says of the whole series of an outage with an edge, and finds the next one', async () => {
    const fallen: Readonly<Record<number, number>> = { 40: 96.6, 41: 40, 42: 40, 55: 94.4 };
    const values = noisy(75, (value, at) => fallen[at] ?? value);
    const key = { segment: '', column: 'age', role: 'feature', statistic: 'coverage' } as const;
    const model = { id: 1 as ModelId, zone, granularity: 'day', defaults: { age: -200 } } as const;

    const daily = await daysOf(values, key, { model, rules: judging });

    const known = { statisticKind: 'rate', countsMissing: true } as const;
    expect(daily).toEqual(await flagsOf(values, judging, known));
    expect(daily).toEqual([41, 42, 55]);
    expect(await flagsOf(values, judging, { statisticKind: 'rate' })).toEqual([41, 42]);
  });

  it('tells weak neighbours together', async () => {
    const weak = noisy(75, (value, at) => value + weakShift(at), 6);
    const rules = { ...judging, tailThreshold: 0.001 };
    const runs = { pair: { factor: 1.2, exponent: 1.3 }, goesOn: 4 };

    expect(await flagsOf(weak, rules)).toEqual([40]);
    expect(await flagsOf(weak, { ...rules, runs })).toEqual([40, 41, 42, 43]);
  });

  it('leaves windows that people muted out of the histories, unless too little would be left', async () => {
    const points = Array.from({ length: 30 }, (_, at) => ({ window: day(at), value: at / 100, rows: 70 }));
    const key = { segment: '', column: 'age', role: 'feature', statistic: 'mean' } as const;
    const historyWith = async (...spans: { startMs: number; untilMs: number }[]) => {
      const seen: JudgementBatch[] = [];
      const deps = {
        statistics: { series: () => [{ key, points }], states: () => [], window: () => [] },
        detections: { anomalies: () => [], between: () => [], replaceWindow: () => {} },
        mutes: { spans: () => spans },
        detector: gapDetector(judging, seen),
      };
      await runDetection(deps, { model: { id: 1 as ModelId, zone, granularity: 'day' }, window: day(29), keys: [key] });
      return [...(seen[0]?.histories ?? [])].flatMap((value, at) => (Number.isNaN(value) ? [at + 1] : []));
    };
    const noon = (at: number) => day(at).startMs + 12 * 3_600_000;

    expect(await historyWith()).toEqual([]);
    expect(await historyWith({ startMs: noon(10), untilMs: noon(12) })).toEqual([10, 11, 12]);
    expect(await historyWith({ startMs: day(10).startMs, untilMs: day(12).startMs })).toEqual([10, 11]);
    expect(await historyWith({ startMs: noon(1), untilMs: noon(20) })).toEqual([]);
  });

  it('hands over what kind of statistic each row is, and how many rows are behind it', async () => {
    const seen: JudgementBatch[] = [];
    const points = Array.from({ length: 30 }, (_, at) => ({ window: day(at), value: 0.5 + at / 100, rows: 70 + at }));
    const key = { segment: '', column: 'age', role: 'feature', statistic: 'coverage' } as const;
    const deps = {
      statistics: { series: () => [{ key, points }], states: () => [], window: () => [] },
      detections: { anomalies: () => [], between: () => [], replaceWindow: () => {} },
      detector: gapDetector(judging, seen),
    };

    await runDetection(deps, { model: { id: 1 as ModelId, zone, granularity: 'day' }, window: day(29), keys: [key] });

    expect([...(seen[0]?.kinds ?? [])]).toEqual([2]);
    expect([...(seen[0]?.rows ?? [])]).toEqual([99]);
  });
});

import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideAnomaly } from '../../src/detection/decide.ts';
import { evaluateDetector, evaluateZScore } from '../../src/detection/evaluation/evaluate-series.ts';
import { type HistoryRows, joinHistoryRows, slideHistories } from '../../src/detection/features/history-rows.ts';
import { judgeSeries } from '../../src/detection/judge-series.ts';
import { detectorSettings } from '../../src/detection/settings.ts';
import { generateCorpus } from '../../src/detection/synthetic/generate-corpus.ts';
import { referenceCorpus } from '../../src/detection/synthetic/generator-options.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Detector } from '../../src/ports/detector.ts';
import { createDetector, WORKER_MIN_ROWS } from '../../src/tensorflow/create-detector.ts';

const SHIPPED = join(import.meta.dirname, '../../detectors/paper');
const DAYS = 180;
const daysOfWeek = Uint8Array.from({ length: DAYS }, (_, day) => day % 7);

let detector: Detector;
beforeAll(async () => {
  detector = await createDetector(SHIPPED, { threads: 1 });
});
afterAll(() => detector.close());

function rowsOf(values: Float64Array): HistoryRows {
  return slideHistories(
    { values, daysOfWeek: daysOfWeek.subarray(0, values.length) },
    { historyWindows: 28, stride: 1 },
  );
}

/** A feature with a weekly pattern of 5 % and noise of `noise`, around `level`. */
function feature(seed: number, noise: number, level = 100): Float64Array {
  const random = createSeededRandom(seed);
  const week = Array.from({ length: 7 }, () => random.normal());
  return Float64Array.from(daysOfWeek, (day) => level * (1 + 0.05 * (week[day] ?? 0) + noise * random.normal()));
}

async function alarmsOn(series: readonly Float64Array[]): Promise<number> {
  const judged = await judgeSeries(
    detector,
    series.map((values) => ({ values, daysOfWeek })),
    { stride: 1 },
  );
  const alarms = judged.flatMap((grid) => [...grid.anomalies]).reduce((sum, flag) => sum + flag, 0);
  return alarms / (series.length * (DAYS - 28));
}

describe('the shipped detector', () => {
  it('forecasts alike in every unit of measurement', async () => {
    const values = feature(1, 0.05);
    const plain = await detector.judge(rowsOf(values));

    for (const scale of [1e-6, 1e-3, 1e3, 1e9]) {
      const scaled = await detector.judge(rowsOf(values.map((value) => scale * value)));
      plain.baseline.forEach((baseline, row) => {
        expect((scaled.baseline[row] ?? 0) / scale).toBeCloseTo(baseline, 2);
        expect((scaled.upper[row] ?? 0) / scale).toBeCloseTo(plain.upper[row] ?? 0, 2);
        expect(scaled.score[row]).toBeCloseTo(plain.score[row] ?? 0, 2);
      });
    }
  });

  it('moves its forecast with the level of a series', async () => {
    const values = feature(1, 0.05);
    const plain = await detector.judge(rowsOf(values));

    const moved = await detector.judge(rowsOf(values.map((value) => value + 5_000)));

    plain.baseline.forEach((baseline, row) => {
      expect(moved.baseline[row]).toBeCloseTo(baseline + 5_000, 2);
    });
  });

  it('gives finite numbers for any finite history', async () => {
    const value = fc.oneof(
      fc.double({ min: -1e300, max: 1e300, noNaN: true }),
      fc.constantFrom(0, 1, -1, 1e-300, 5e-324),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 29, maxLength: 29 }), async (values) => {
        const { score, baseline, lower, upper } = await detector.judge(rowsOf(Float64Array.from(values)));
        for (const number of [score[0], baseline[0], lower[0], upper[0]]) expect(number).not.toBeNaN();
      }),
      { numRuns: 50 },
    );
  });

  it('is quiet on clean features, counts, rates and constants', async () => {
    const random = createSeededRandom(2);
    const noisy = [0.01, 0.03, 0.1].flatMap((noise) => Array.from({ length: 20 }, (_, i) => feature(i + 1, noise)));
    const counts = Array.from({ length: 20 }, () =>
      Float64Array.from(daysOfWeek, (day) => Math.round((day === 5 ? 15_000 : 17_000) + 130 * random.normal())),
    );
    const rates = Array.from({ length: 20 }, () => Float64Array.from(daysOfWeek, () => 0.98 + 0.001 * random.normal()));
    const constants = [0, 1, 3.7, 1e9, -2e-9].map((level) => new Float64Array(DAYS).fill(level));

    expect(await alarmsOn(noisy)).toBeLessThan(0.005);
    expect(await alarmsOn(counts)).toBeLessThan(0.005);
    expect(await alarmsOn(rates)).toBeLessThan(0.005);
    expect(await alarmsOn(constants)).toBe(0);
  });

  it('is quiet on the zeros of a rate that is rarely anything else', async () => {
    const random = createSeededRandom(3);
    const rates = Array.from({ length: 20 }, () => {
      return Float64Array.from(daysOfWeek, () => (random.uniform() < 0.05 ? 1e-4 : 0));
    });
    const judged = await judgeSeries(
      detector,
      rates.map((values) => ({ values, daysOfWeek })),
      { stride: 1 },
    );

    const alarmsOnZero = judged.flatMap((grid, index) => {
      return [...grid.anomalies].filter((flag, at) => flag === 1 && rates[index]?.[at] === 0);
    });

    expect(alarmsOnZero).toEqual([]);
  });

  it.each([-1, 1])('sees a jump of ten noise widths, direction %d, and any larger one', async (direction) => {
    const noise = 0.03;
    for (const widths of [10, 30, 1e3, 1e6]) {
      const rows = joinHistoryRows(Array.from({ length: 10 }, (_, seed) => rowsOf(feature(seed + 50, noise))));
      const values = rows.values.map((value) => value + direction * widths * noise * 100);

      const { baseline, lower, upper, score } = await detector.judge({ ...rows, values });
      const seen = values.filter((value, row) => {
        const forecast = { baseline: baseline[row] ?? 0, lower: lower[row] ?? 0, upper: upper[row] ?? 0 };
        return decideAnomaly(value, forecast, score[row] ?? 0, detectorSettings.paper);
      });

      expect(seen.length / values.length).toBeGreaterThan(0.97);
    }
  });

  it('finds nearly all anomalies of fresh reference series and beats the plain z-score by far', async () => {
    const grids = generateCorpus({ ...referenceCorpus, seriesPerKind: 15 }, createSeededRandom(424_242)).map(
      (series) => ({
        ...series,
        daysOfWeek: Uint8Array.from(series.values, (_, day) => (day + 5) % 7),
      }),
    );
    const options = { settings: detectorSettings.paper, stride: 1, windowsPerDay: 1, vusBufferWindows: 7 };

    const ours = evaluateDetector(grids, await judgeSeries(detector, grids, { stride: 1 }), options);
    const plain = evaluateZScore(grids, options);

    expect(ours.event.recall).toBeGreaterThan(0.95);
    expect(ours.interval.f1).toBeGreaterThan((plain.interval.f1 ?? 0) + 0.2);
    expect(ours.vusPr).toBeGreaterThan((plain.vusPr ?? 0) + 0.1);
  });

  it('judges a large batch in worker threads as it judges a small one here, and leaves no tensor behind', async () => {
    const rows = rowsOf(feature(7, 0.05));
    const copies = Math.ceil((WORKER_MIN_ROWS + 20_000) / rows.count);
    const large = joinHistoryRows(Array.from({ length: copies }, () => rows));
    const small = await detector.judge(rows);
    const before = tf.memory().numTensors;

    const result = await detector.judge(large);
    await detector.judge(rows);

    expect(tf.memory().numTensors).toBe(before);
    expect(result.baseline).toHaveLength(large.count);
    for (const copy of [0, copies - 1]) {
      const start = copy * rows.count;
      expect(result.score.slice(start, start + rows.count)).toEqual(small.score);
      expect(result.upper.slice(start, start + rows.count)).toEqual(small.upper);
    }
  });

  it('says the same without TensorFlow.js, within a ten-thousandth of the spread', async () => {
    const plain = await createDetector(SHIPPED, { backend: 'plain', threads: 0 });
    const rows = rowsOf(feature(8, 0.05, 1));

    const [a, b] = [await plain.judge(rows), await detector.judge(rows)];

    for (const part of ['baseline', 'lower', 'upper', 'score'] as const) {
      a[part].forEach((value, row) => {
        expect(Math.abs(value - (b[part][row] ?? Number.NaN))).toBeLessThan(1e-4);
      });
    }
  });

  it('stops judging when it is asked to', async () => {
    const rows = rowsOf(feature(7, 0.05));
    const large = joinHistoryRows(Array.from({ length: 500 }, () => rows));
    const stop = new AbortController();

    const work = detector.judge(large, stop.signal);
    stop.abort();

    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('judges an empty batch', async () => {
    const empty = rowsOf(new Float64Array(10));

    expect((await detector.judge(empty)).score).toHaveLength(0);
  });
});

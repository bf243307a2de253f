import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  generateCorpus,
  type HistoryRows,
  joinHistoryRows,
  judgeSeries,
  referenceCorpus,
  slideHistories,
} from '../../src/detection/index.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import type { Detector, JudgementResult } from '../../src/ports/detector.ts';
import { createDetector, WORKER_MIN_ROWS } from '../../src/tensorflow/create-detector.ts';

const SHIPPED = join(import.meta.dirname, '../../detectors/paper');
const YOUNG_DAYS = 28;
const daysOfWeek = Uint8Array.from({ length: 365 }, (_, day) => (day + 5) % 7);

let detector: Detector;
beforeAll(async () => {
  detector = await createDetector(SHIPPED, { threads: 1 });
});
afterAll(() => detector.close());

/** A feature of four weeks with a weekly rhythm and noise of 3 %; `jump` noise widths higher on its last day. */
function young(seed: number, jump = 0): Float64Array {
  const random = createSeededRandom(seed);
  const week = Array.from({ length: 7 }, () => random.normal());
  return Float64Array.from({ length: YOUNG_DAYS }, (_, day) => {
    const isLast = day === YOUNG_DAYS - 1;
    return 100 * (1 + 0.05 * (week[day % 7] ?? 0) + 0.03 * (random.normal() + (isLast ? jump : 0)));
  });
}

function rowsOf(values: Float64Array): HistoryRows {
  return slideHistories(
    { values, daysOfWeek: daysOfWeek.subarray(0, values.length) },
    { historyWindows: 14, stride: 1, lessThan: 28 },
  );
}

async function judgeYoung(seeds: number, jump: number) {
  const grids = Array.from({ length: seeds }, (_, seed) => ({
    values: young(seed + 1, jump),
    daysOfWeek: daysOfWeek.subarray(0, YOUNG_DAYS),
  }));
  return judgeSeries(detector, grids, { stride: 1 });
}

describe('the pair for short histories', () => {
  it('judges a series from its 15th day on, and none before', async () => {
    const [judged] = await judgeYoung(1, 0);

    expect([...(judged?.score ?? [])].map(Number.isFinite)).toEqual(
      Array.from({ length: YOUNG_DAYS }, (_, day) => day >= 14),
    );
  });

  it('leaves windows with 28 known days before them to the first pair', async () => {
    const [series] = generateCorpus({ ...referenceCorpus, seriesPerKind: 1, windows: 60 }, createSeededRandom(1));
    const grid = { values: series?.values ?? new Float64Array(), daysOfWeek: daysOfWeek.subarray(0, 60) };
    const { shortTerm: _, ...firstPair } = detector;

    const [both] = await judgeSeries(detector, [grid], { stride: 1 });
    const [first] = await judgeSeries(firstPair, [grid], { stride: 1 });

    expect(both?.score.slice(28)).toEqual(first?.score.slice(28));
    expect(first?.score.slice(0, 28).every(Number.isNaN)).toBe(true);
  });

  it('is quiet on clean young features, sees most jumps of ten noise widths and nearly all of twenty', async () => {
    const clean = await judgeYoung(60, 0);
    const seen = async (jump: number) => {
      const grids = await judgeYoung(60, jump);
      return grids.filter((grid) => grid.anomalies.at(-1) === 1).length / 60;
    };

    const alarms = clean.flatMap((grid) => [...grid.anomalies]).reduce((sum, flag) => sum + flag, 0);
    expect(alarms / (60 * 14)).toBeLessThan(0.02);
    expect(await seen(10)).toBeGreaterThan(0.7);
    expect(await seen(20)).toBeGreaterThan(0.95);
  });

  it('judges a large batch in worker threads as a small one here, and leaves no tensor behind', async () => {
    const rows = rowsOf(young(4));
    const copies = Math.ceil((WORKER_MIN_ROWS + 1) / rows.count);
    const small = await detector.shortTerm?.judge(rows);
    const before = tf.memory().numTensors;

    const large = await detector.shortTerm?.judge(joinHistoryRows(Array.from({ length: copies }, () => rows)));
    await detector.shortTerm?.judge(rows);

    expect(tf.memory().numTensors).toBe(before);
    expect(large?.score.slice(-rows.count)).toEqual(small?.score);
  });

  it('leaves no tensor of either pair behind when it is closed', async () => {
    const before = tf.memory().numTensors;
    const other = await createDetector(SHIPPED, { backend: 'cpu', threads: 0 });
    await other.shortTerm?.judge(rowsOf(young(5)));

    await other.close();

    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(['wasm', 'cpu', 'plain'] as const)('says the same on %s, within a ten-thousandth', async (backend) => {
    const other = await createDetector(SHIPPED, { backend, threads: 0 });
    const rows = rowsOf(young(3).map((value) => value / 100));

    const [a, b] = [await other.shortTerm?.judge(rows), await detector.shortTerm?.judge(rows)];
    await other.close();

    for (const part of ['baseline', 'lower', 'upper', 'score'] as const) {
      expect(largestDifference(a, b, part)).toBeLessThan(1e-4);
    }
  });
});

function largestDifference(
  a: JudgementResult | undefined,
  b: JudgementResult | undefined,
  part: 'baseline' | 'lower' | 'upper' | 'score',
): number {
  return (a?.[part] ?? Float64Array.of(Number.NaN)).reduce((largest, value, row) => {
    return Math.max(largest, Math.abs(value - (b?.[part][row] ?? Number.NaN)));
  }, 0);
}

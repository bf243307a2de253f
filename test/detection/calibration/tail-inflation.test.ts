import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dependence,
  type GroupSums,
  inflationFactor,
  type LevelCount,
} from '../../../src/detection/calibration/tail-inflation.ts';
import { createTailTally } from '../../../src/detection/calibration/tail-tally.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { JudgedTail } from '../../../src/ports/stores.ts';
import { day, days } from '../../builders/detections.ts';

const THRESHOLD = 0.001;
const alone: GroupSums = { groups: 1, hitsSquared: 0, crossed: 0, expectedSquared: 0 };

function counted(hits: number, expected: number, overrides: Partial<LevelCount> = {}): LevelCount {
  return { hits, expected, bySeries: alone, byWindow: alone, ...overrides };
}

const DAY_STARTS = days(120).map(({ startMs }) => startMs);
/** Up to here tails are inflated; the rest is spread evenly. */
const SMALL = 0.2;

/** Tails of `series` healthy series of one kind, of which `inflation` times as many as promised are small. */
function tailsOf(seed: number, { series = 60, windows = 90, inflation = 1, factor = 1 } = {}): JudgedTail[] {
  const random = createSeededRandom(seed);
  return Array.from({ length: series }, (_, one) =>
    Array.from({ length: windows }, (_, at): JudgedTail => {
      const share = SMALL * inflation;
      const drawn = random.uniform();
      const nominalTail = drawn < share ? drawn / inflation : SMALL + ((drawn - share) / (1 - share)) * (1 - SMALL);
      const tail = Math.min(1, nominalTail * factor);
      const where = { segment: `s${one}`, statistic: 'mean', windowStartMs: DAY_STARTS[at] ?? 0 } as const;
      return { ...where, tail, nominalTail, isAnomaly: tail <= THRESHOLD };
    }),
  ).flat();
}

function factorOf(tails: readonly JudgedTail[]): number {
  const tally = createTailTally(THRESHOLD);
  tally.addColumn(tails);
  tally.endModel();
  return tally.result().get('level')?.factor ?? Number.NaN;
}

describe('the inflation of tails', () => {
  it('is worked by hand: 72 seen where 36 are expected, three at a time', () => {
    // ln((72.5) / (36.5)) = 0.6863; variance 3 / 72.5 = 0.04138; prior 0.48045; 0.6863 * 0.48045 / 0.52183 = 0.6319
    expect(inflationFactor([counted(72, 36)])).toBeCloseTo(Math.exp(0.6319), 3);
  });

  it('is the middle one of the levels, and 1 where no window is expected below any', () => {
    const levels = [counted(1_000, 100), counted(200, 100), counted(100, 100)];

    expect(inflationFactor(levels)).toBe(inflationFactor([counted(200, 100)]));
    expect(inflationFactor([counted(3, 0.5), counted(0, 0)])).toBe(1);
  });

  it('counts series that move as one as few', () => {
    // Two series: all of the 40 hits lie in one of them; each expects 20.
    const bySeries = { groups: 2, hitsSquared: 1_600, crossed: 800, expectedSquared: 800 };

    // 2 / 1 * ((40 - 20)^2 + (0 - 20)^2) / 40 = 40
    expect(dependence(counted(40, 40, { bySeries }))).toBe(40);
    expect(inflationFactor([counted(80, 40, { bySeries })])).toBeLessThan(inflationFactor([counted(80, 40)]));
  });

  it('stays within a tenth and ten, and finite, whatever was counted', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.double({ min: 0, max: 1e6, noNaN: true }), (hits, expected) => {
        const factor = inflationFactor([counted(hits, expected)]);
        expect(factor).toBeGreaterThanOrEqual(0.1);
        expect(factor).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe('the count of tails', () => {
  it('gives about 1 for tails that keep their promise', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        // Of 60 series, the usual number here, one draw in some hundreds is beyond these bounds by chance.
        const factor = factorOf(tailsOf(seed, { series: 180 }));
        expect(factor).toBeGreaterThan(0.75);
        expect(factor).toBeLessThan(1.33);
      }),
      { numRuns: 40 },
    );
  });

  it.each([2, 0.4, 5])('finds that %d times as many are small, whatever factor was in force', (inflation) => {
    for (const factor of [1, 0.3, 3]) {
      const found = factorOf(tailsOf(7, { series: 300, inflation, factor }));
      expect(found / inflation).toBeGreaterThan(0.8);
      expect(found / inflation).toBeLessThan(1.25);
    }
  });

  it('learns nothing from an incident: flagged windows are left out, whatever they were', () => {
    const healthy = tailsOf(3);
    const [fromMs, toMs] = [day(40).startMs, day(47).startMs];
    const struck = healthy.map((one): JudgedTail => {
      const isStruck = one.windowStartMs >= fromMs && one.windowStartMs < toMs;
      return isStruck ? { ...one, tail: 1e-9, nominalTail: 1e-9, isAnomaly: true } : one;
    });
    const told = struck.map((one) => (one.isAnomaly ? { ...one, tail: 0.03, nominalTail: 0.03 } : one));

    expect(factorOf(struck) / factorOf(healthy)).toBeCloseTo(1, 1);
    expect(factorOf(told)).toBe(factorOf(struck));
  });

  it('believes little of few windows', () => {
    const few = factorOf(tailsOf(5, { series: 1, windows: 30, inflation: 3 }));

    expect(few).toBeGreaterThan(1);
    expect(few).toBeLessThan(1.7);
  });

  it('leaves out series that are judged by what a change means', () => {
    const healthy = tailsOf(9);
    const constant = tailsOf(10, { series: 200 }).map(
      (one): JudgedTail => ({ ...one, segment: `c${one.segment}`, tail: 1, nominalTail: 1 }),
    );

    expect(factorOf([...healthy, ...constant])).toBe(factorOf(healthy));
  });

  it('tells how often healthy windows were that rare, and all', () => {
    const tails = tailsOf(11, { series: 300, inflation: 2 });
    const tally = createTailTally(THRESHOLD);
    tally.addColumn(tails);
    tally.endModel();

    const count = tally.result().get('level');

    const [five, two, one, least] = count?.reliability ?? [];
    for (const row of [five, two, one]) {
      expect((row?.healthy ?? 0) / (row?.nominal ?? 0)).toBeGreaterThan(1.7);
      expect((row?.healthy ?? 0) / (row?.nominal ?? 0)).toBeLessThan(2.3);
    }
    expect(least).toMatchObject({ nominal: 0.001, healthy: null });
    expect(least?.all).toBeCloseTo(tails.filter(({ nominalTail }) => nominalTail <= 0.001).length / tails.length, 12);
    expect(count).toMatchObject({ series: 300, leftOut: tails.filter(({ isAnomaly }) => isAnomaly).length });
    expect((count?.windows ?? 0) + (count?.leftOut ?? 0)).toBe(tails.length);
  });
});

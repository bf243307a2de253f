import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Detection, type DetectionRule, isAnomaly } from '../../src/domain/anomaly.ts';
import type { SeriesStatistic } from '../../src/domain/statistic.ts';
import { mannKendall, patternOf, theilSen } from '../../src/postprocessing/index.ts';
import { day, seriesKey } from '../builders/detections.ts';

/** Fourteen days that scatter around 10. */
const CALM = [10, 11, 9, 10.5, 9.5, 10.2, 9.8, 10.7, 9.3, 10.1, 9.9, 10.4, 9.6, 10.3];

interface Drawing {
  readonly before?: readonly number[];
  readonly during: readonly number[];
  readonly after?: readonly number[];
  readonly rule?: DetectionRule;
  readonly statistic?: SeriesStatistic;
  readonly baseline?: number;
}

/** A drawn series: calm, a run of anomalies, and what came after. */
function draw({ before = CALM, during, after = [], rule = 'band', statistic = 'mean', baseline = 10 }: Drawing) {
  const row = [...before, ...during, ...after].map((value, at): Detection => {
    const isOut = at >= before.length && at < before.length + during.length;
    return {
      series: seriesKey({ statistic }),
      window: day(at),
      ...{ value, rows: 1_000, forecast: { baseline, lower: baseline - 1, upper: baseline + 1 } },
      isAnomaly: isOut,
      ...(isOut && { rule }),
    };
  });
  return patternOf(row, row.filter(isAnomaly));
}

describe('a pattern', () => {
  it.each<[string, Drawing, string]>([
    ['one day, and back', { during: [20], after: [10] }, 'spike'],
    ['three days, and back', { during: [20, 24, 19], after: [10, 9] }, 'spike'],
    ['one day, the newest', { during: [20] }, 'developing'],
    ['three days, the newest among them', { during: [20, 24, 19] }, 'developing'],
    ['four days at another level', { during: [20, 21, 19, 20.5] }, 'level shift'],
    ['six days at another level, and back', { during: [20, 21, 19, 20, 21, 20], after: [10] }, 'level shift'],
    ['a jump that keeps rising a little', { during: [20, 20.1, 20.2, 20.3, 20.4, 20.5] }, 'level shift'],
    ['a jump that comes back slowly', { during: [20, 19, 18, 17, 16, 15] }, 'level shift'],
    ['five days that rise', { during: [13, 15, 17, 19, 21] }, 'trend'],
    ['eight days that fall, with a step back', { during: [8, 7, 7.5, 6, 5, 4, 4.5, 3] }, 'trend'],
    ['four days that rise, too few to be sure', { during: [13, 15, 17, 19] }, 'level shift'],
    ['a slow drift that the detector saw', { during: [12], rule: 'slow_drift' }, 'trend'],
    ['five equal days after scatter', { during: [20, 20, 20, 20, 20] }, 'flatline'],
    ['a value that the detector saw stuck', { during: [10], rule: 'flat' }, 'flatline'],
    ['steps between constants', { before: Array(14).fill(10), during: [20, 20, 20, 20, 20] }, 'level shift'],
    ['nothing but missing values', { during: [0], rule: 'all_missing' }, 'outage'],
    ['a column that is gone', { during: [0, 0, 0, 0], rule: 'column_vanished' }, 'outage'],
    [
      'rows where there were none',
      { before: Array(14).fill(0), during: [900, 1000], statistic: 'traffic' },
      'went live',
    ],
    [
      'coverage where there was none',
      { before: Array(14).fill(0.004), during: [0.9], statistic: 'coverage' },
      'went live',
    ],
    ['no longer missing', { before: Array(14).fill(1), during: [0.2, 0.1], statistic: 'missing_rate' }, 'went live'],
    ['a constant that begins to vary', { before: Array(14).fill(0), during: [3, 5] }, 'went live'],
    ['a constant that varies on its first day', { before: Array(14).fill(0), during: [3] }, 'developing'],
    [
      'six silent days are no week',
      { before: Array(6).fill(0), during: [900, 1000], statistic: 'traffic' },
      'developing',
    ],
  ])('of %s is told by its shape', (_case, drawing, pattern) => {
    expect(draw(drawing)).toBe(pattern);
  });

  it('does not depend on unit, zero or side (property)', () => {
    const shape = fc.array(fc.constantFrom(13, 15, 17, 19, 20, 20, 21, 25), { minLength: 1, maxLength: 9 });
    const scale = fc.constantFrom(-1024, -1, -1 / 64, 1 / 64, 1, 1024);
    fc.assert(
      fc.property(shape, fc.boolean(), scale, fc.constantFrom(-512, 0, 4096), (during, isOver, factor, offset) => {
        const to = (value: number) => value * factor + offset;
        const after = isOver ? [10] : [];
        const moved = { before: CALM.map(to), during: during.map(to), after: after.map(to), baseline: to(10) };

        expect(draw(moved)).toBe(draw({ during, after }));
      }),
    );
  });

  it('calls few of the noisy level shifts a trend', () => {
    let seed = 1;
    const noise = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647 - 0.5;
    };
    const shifts = Array.from({ length: 500 }, () =>
      draw({ during: Array.from({ length: 8 }, () => 20 + 4 * noise()) }),
    );

    expect(shifts.filter((pattern) => pattern === 'trend').length).toBeLessThan(10);
  });
});

describe('a monotone trend', () => {
  it('is measured as worked by hand', () => {
    // 10 pairs, all rising: S = 10, (10 - 1) / sqrt(5 * 4 * 15 / 18) = 9 / 4.0825.
    expect(mannKendall([1, 2, 3, 4, 5])).toBeCloseTo(2.2045, 4);
    // Pairs +, +, 0: S = 2, (2 - 1) / sqrt(3 * 2 * 11 / 18) = 1 / 1.9149.
    expect(mannKendall([1, 2, 2])).toBeCloseTo(0.5222, 4);
    // Slopes 1, 2, 1.5 of the pairs: their median.
    expect(theilSen([0, 1, 3])).toBe(1.5);
    expect([mannKendall([]), mannKendall([7]), theilSen([]), theilSen([7])]).toEqual([0, 0, 0, 0]);
  });

  it('turns its sign with the values (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { maxLength: 20 }), (values) => {
        const mirrored = values.map((value) => -value);

        expect(mannKendall(mirrored) + mannKendall(values)).toBe(0);
        expect(theilSen(mirrored) + theilSen(values)).toBe(0);
      }),
    );
  });
});

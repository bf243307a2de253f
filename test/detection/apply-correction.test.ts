import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCorrection, peersOf, windowEvidence } from '../../src/detection/index.ts';
import type { Detection, DetectionRule } from '../../src/domain/anomaly.ts';
import { type Correction, MOST_SHIFT, offsetNames } from '../../src/domain/correction.ts';
import { NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import type { SeriesKey } from '../../src/domain/series.ts';
import { detectionsOf, seriesKey } from '../builders/detections.ts';

const AGE = seriesKey();
const PLAN = seriesKey({ column: 'plan' });
const byTail = { judging: { tailThreshold: 0.001 }, scoreThreshold: 0.2 };
const byScore = { judging: undefined, scoreThreshold: 0.2 };

/** One window outside its band of [-0.5, 0.5], as rare as is said. */
function outside(series: SeriesKey, tail: number): Detection {
  const [detection] = detectionsOf([3], series);
  const { rule, ...rest } = detection as Detection;
  const isAnomaly = tail <= 0.001;
  return { ...rest, tail, severity: 6, isAnomaly, ...(isAnomaly && rule ? { rule } : {}) };
}

function learned(series: SeriesKey, offset: number): Correction {
  const name = offsetNames({ model: 'churn', series, isAbove: true }).series;
  return { ...NOTHING_LEARNED, labels: 5, offsets: { ...NOTHING_LEARNED.offsets, series: { [name]: offset } } };
}

const apply = (
  detections: readonly Detection[],
  correction: Correction,
  threshold = byTail as typeof byTail | typeof byScore,
) => applyCorrection(detections, { correction, threshold, model: 'churn', historyOf: () => [0, 0.1, -0.2, 0.3, 0.1] });

describe('what votes have taught, after the verdict of the detector', () => {
  it('keeps a pattern quiet that was voted down, when it returns', () => {
    const [quiet] = apply([outside(AGE, 1e-4)], learned(AGE, -2));

    expect(quiet).toMatchObject({ isAnomaly: false, nominalTail: 1e-4, evidence: Math.log(10) });
    expect(quiet?.tail).toBeCloseTo(1e-4 * Math.exp(4), 12);
    expect(quiet).not.toHaveProperty('rule');
  });

  it.each([
    [{ least: 2, most: 2 }, false],
    [{ least: 1, most: 1.9 }, true],
    [{ least: 4.6, most: 9 }, true],
  ])('keeps it quiet only as far as %o reaches, half as far again: told %s', (of, isTold) => {
    const correction = learned(AGE, -2);
    const reach = { [offsetNames({ model: 'churn', series: AGE, isAbove: true }).series]: of };

    // It is 3 from its baseline.
    expect(apply([outside(AGE, 1e-4)], { ...correction, reach })[0]?.isAnomaly).toBe(isTold);
  });

  it('sees how far a value went by itself, whatever rule told of it', () => {
    const seen = (rule: DetectionRule) =>
      windowEvidence({ ...outside(AGE, 1e-4), rule }, { history: [], peers: peersOf([]) }, byTail)?.departure;

    expect([seen('band'), seen('collapsed')]).toEqual([{ size: 3 }, { size: 3 }]);
  });

  it('tells one that was voted up, when it returns, and nothing louder or quieter than before', () => {
    const given = [outside(AGE, 1e-4), outside(AGE, 0.004)];

    expect(given[0]?.isAnomaly).toBe(true);
    given.forEach((one) => {
      expect(apply([one], learned(AGE, 2))[0]).toBe(one);
    });
  });

  it('lets a series that was voted up outweigh what quiets all of its kind', () => {
    const upvoted = learned(AGE, 3);
    const { statistic } = offsetNames({ model: 'churn', series: AGE, isAbove: true });
    const offsets = { ...upvoted.offsets, statistic: { [statistic]: -3 } };

    expect(apply([outside(AGE, 1e-4)], { ...upvoted, offsets })[0]).toMatchObject({ isAnomaly: true });
    expect(apply([outside(AGE, 1e-4)], { ...upvoted, offsets: { ...offsets, series: {} } })[0]).toMatchObject({
      isAnomaly: false,
    });
  });

  it('tells what is nearly as rare as asked where missed incidents were named, and never what is usual', () => {
    const missed = (raise: number): Correction => {
      const name = offsetNames({ model: 'churn', series: AGE, isAbove: true }).series;
      return { ...NOTHING_LEARNED, labels: 5, raises: { [name]: raise } };
    };

    expect(apply([outside(AGE, 0.004)], missed(2))[0]).toMatchObject({ isAnomaly: true, rule: 'band' });
    expect(apply([outside(AGE, 0.2)], missed(4))[0]).toMatchObject({ isAnomaly: false });
    expect(apply([outside(PLAN, 0.004)], missed(2))[0]).toMatchObject({ isAnomaly: false });
  });

  it('raises nothing by what other series of its kind, model or all share: votes are of what was told', () => {
    const { statistic, model } = offsetNames({ model: 'churn', series: AGE, isAbove: true });
    const offsets = { ...NOTHING_LEARNED.offsets, statistic: { [statistic]: 2 }, model: { [model]: 2 } };
    const shared = { ...NOTHING_LEARNED, labels: 5, offsets };

    expect(apply([outside(AGE, 0.004)], shared)[0]).toMatchObject({ isAnomaly: false });
    expect(apply([outside(AGE, 1e-4)], shared)[0]).toMatchObject({ isAnomaly: true });
    // What they share keeps quiet all the same.
    const quieting = { ...shared, offsets: { ...offsets, statistic: { [statistic]: -2 }, model: {} } };
    expect(apply([outside(AGE, 1e-4)], quieting)[0]).toMatchObject({ isAnomaly: false });
  });

  it('is the same object for every other series, other side, and window within its band', () => {
    const calm = detectionsOf([0], AGE);
    const below = { ...outside(AGE, 1e-4), value: -3 };
    const others = [outside(PLAN, 1e-4), ...calm, below];

    apply(others, learned(AGE, -4)).forEach((one, place) => {
      expect(one).toBe(others[place]);
    });
  });

  it('changes nothing at all while nothing was learned', () => {
    const given = [outside(AGE, 1e-4), outside(PLAN, 0.004)];

    apply(given, NOTHING_LEARNED).forEach((one, place) => {
      expect(one).toBe(given[place]);
    });
  });

  it('leaves rules without history alone', () => {
    const outage: Detection = { ...outside(AGE, 1e-4), rule: 'all_missing' };

    expect(apply([outage], learned(AGE, -4))[0]).toBe(outage);
  });

  it('moves the score of a detector that has no tail', () => {
    const { tail: _, ...plain } = outside(AGE, 1e-4);
    const [quiet] = apply([{ ...plain, score: 0.5, isAnomaly: true, rule: 'band' }], learned(AGE, -2), byScore);

    expect(quiet?.isAnomaly).toBe(false);
    expect(quiet?.score).toBeCloseTo(1 / (1 + Math.exp(4)), 6);
    expect(quiet).not.toHaveProperty('nominalTail');
  });

  it('applied to what it has said already says the same', () => {
    const once = apply([outside(AGE, 1e-4)], learned(AGE, -1));

    expect(apply(once, NOTHING_LEARNED)).toEqual(once);
  });

  it('never silences what is rare enough, whatever was learned', () => {
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (offset) => {
        const rare = 0.001 * Math.exp(-MOST_SHIFT / NOTHING_LEARNED.slope) * 0.99;
        expect(apply([outside(AGE, rare)], learned(AGE, offset))[0]?.isAnomaly).toBe(true);
      }),
    );
  });
});

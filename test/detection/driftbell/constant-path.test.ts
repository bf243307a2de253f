import { describe, expect, it } from 'vitest';
import { isConstant } from '../../../src/detection/driftbell/build-inputs.ts';
import { judgeConstant } from '../../../src/detection/driftbell/constant-path.ts';
import { driftbellSettings } from '../../../src/detection/driftbell/settings.ts';

const level = { isRate: false, isCount: false, rows: Number.NaN };
const measures = {
  known: 25,
  distinct: 1,
  usualShare: 1,
  unit: 1,
  centre: 5,
  spread: 0,
  lowest: 5,
  highest: 5,
  rowFloor: 0,
  zeroShare: 0,
  isCountLike: true,
};
const zeros = { ...measures, centre: 0, lowest: 0, highest: 0, zeroShare: 1 };

const count = { isRate: false, isCount: true, rows: Number.NaN };
const THRESHOLD = driftbellSettings.tailThreshold;

describe('histories that never changed', () => {
  it('say nothing of the same value and little of small changes', () => {
    expect(judgeConstant(5, measures, level)).toMatchObject({ severity: 0, tail: 1, baseline: 5 });
    expect(judgeConstant(5.04, measures, level).severity).toBeCloseTo(0.8);
    expect(judgeConstant(5.04, measures, level).tail).toBeGreaterThan(0.01);
  });

  it('are the surer of a change the larger it is and the longer nothing changed, but never quite', () => {
    const now = judgeConstant(8, measures, level);

    expect(now.severity).toBeCloseTo(60);
    expect(now.tail).toBeCloseTo(1 / (26 * 61));
    expect(now.tail).toBeLessThan(judgeConstant(8, { ...measures, known: 8 }, level).tail);
    expect(judgeConstant(5_000, measures, level).tail).toBeLessThan(now.tail / 1_000);
    expect(judgeConstant(1e300, measures, level).tail).toBeGreaterThan(0);
  });

  it('let a value between two usual ones pass', () => {
    expect(judgeConstant(7, { ...measures, highest: 9 }, level).severity).toBe(0);
  });

  it('weigh rates that were always 0 by the rows behind them', () => {
    const tail = (value: number, rows: number) =>
      judgeConstant(value, zeros, { isRate: true, isCount: false, rows }).tail;

    expect(tail(0.01, 1e6)).toBeLessThan(THRESHOLD);
    expect(tail(0.01, 200)).toBeGreaterThan(THRESHOLD);
    expect(tail(0.01, Number.NaN)).toBeGreaterThan(THRESHOLD);
    expect(tail(0.1, Number.NaN)).toBeLessThan(THRESHOLD);
  });

  it('do not start at the first count after zeros, and do at a score of them', () => {
    expect(judgeConstant(1, zeros, count).tail).toBeGreaterThan(THRESHOLD);
    expect(judgeConstant(20, zeros, count).tail).toBeLessThan(THRESHOLD);
    expect(judgeConstant(20, zeros, count).tail).toBeGreaterThan(1e-5);
  });

  it('have no scale for a level that was always 0: any change is as severe, and a finding after a whole history', () => {
    const [small, large] = [judgeConstant(1e-9, zeros, level), judgeConstant(-1e9, zeros, level)];

    expect(small.tail).toBe(large.tail);
    expect(small.tail).toBeLessThan(THRESHOLD);
    expect(judgeConstant(1e-9, { ...zeros, known: 14 }, level).tail).toBeGreaterThan(THRESHOLD);
  });

  it('are told from those that scatter by how often they hold one value', () => {
    const odd = (changes: number) => ({ distinct: changes + 1, usualShare: 1 - changes / 25, spread: 1 });

    expect(isConstant(odd(5), driftbellSettings)).toBe(true);
    expect(isConstant(odd(6), driftbellSettings)).toBe(false);
    expect(isConstant({ distinct: 2, usualShare: 0.5, spread: 1 }, driftbellSettings)).toBe(true);
  });
});

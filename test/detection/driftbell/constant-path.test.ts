import { describe, expect, it } from 'vitest';
import { judgeConstant } from '../../../src/detection/driftbell/constant-path.ts';

const level = { isRate: false, isCount: false, rows: Number.NaN };
const measures = {
  known: 25,
  distinct: 1,
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

describe('histories that never changed', () => {
  it('say nothing of the same value and of changes below a percent', () => {
    expect(judgeConstant(5, measures, level)).toMatchObject({ severity: 0, tail: 1, baseline: 5 });
    expect(judgeConstant(5.04, measures, level).severity).toBeCloseTo(0.8);
    expect(judgeConstant(5.04, measures, level).tail).toBeGreaterThan(0.01);
  });

  it('are sure of a change that means something, the surer the longer nothing changed', () => {
    const now = judgeConstant(6, measures, level);

    expect(now.severity).toBeCloseTo(20);
    expect(now.tail).toBeLessThan(1e-6);
    expect(now.tail).toBeLessThan(judgeConstant(6, { ...measures, known: 8 }, level).tail);
  });

  it('let a value between two usual ones pass', () => {
    expect(judgeConstant(7, { ...measures, distinct: 2, highest: 9 }, level).severity).toBe(0);
  });

  it('weigh rates that were always 0 by the rows behind them', () => {
    const rate = (rows: number) => judgeConstant(0.004, zeros, { isRate: true, isCount: false, rows }).severity;

    expect(rate(1e6)).toBeGreaterThan(3);
    expect(rate(200)).toBeLessThan(1);
    expect(rate(Number.NaN)).toBeLessThan(1);
  });

  it('do not start at the first count after zeros', () => {
    expect(judgeConstant(1, zeros, { isRate: false, isCount: true, rows: Number.NaN }).tail).toBeGreaterThan(0.001);
    expect(judgeConstant(40, zeros, { isRate: false, isCount: true, rows: Number.NaN }).tail).toBeLessThan(1e-6);
  });

  it('have no scale for a level that was always 0: any change is as severe as can be', () => {
    expect(judgeConstant(1e-9, zeros, level)).toMatchObject({ severity: 1e9, tail: 0 });
  });
});

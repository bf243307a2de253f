import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as runs from '../../src/detection/driftbell/run-tail.ts';
import type { RunRules } from '../../src/domain/detector.ts';

const { asRunWindow, NO_RUN, sideOf } = runs;
type RunWindow = runs.RunWindow;
const runTail = (own: RunWindow, before: readonly RunWindow[], by: RunRules) => runs.runTail(own, before, by, 'level');

const rules = { pair: { factor: 1.2, exponent: 1.3 }, goesOn: 4 };
const above = (tail: number): RunWindow => ({ tail, side: 1 });
const below = (tail: number): RunWindow => ({ tail, side: -1 });

describe('windows in a row', () => {
  it('are rarer together than either, worked by hand', () => {
    // 1.2 * 0.01^1.3 = 1.2 * 10^-2.6
    expect(runTail(above(0.01), [above(0.004)], rules)).toBeCloseTo(0.003014, 6);
    // The other one decides: 1.2 * 0.02^1.3.
    expect(runTail(above(0.005), [above(0.02)], rules)).toBe(0.005);
    expect(runTail(above(0.5), [above(1e-9)], rules)).toBeCloseTo(1.2 * 0.5 ** 1.3, 12);
  });

  it('continue an incident of two that were rare, at the rarity of the lesser one, until the series is back', () => {
    expect(runTail(above(0.2), [above(0.001), above(0.002)], rules)).toBeCloseTo(0.002, 12);
    expect(runTail(above(0.4), [above(0.001), above(0.002)], rules)).toBeCloseTo(0.4 ** 4, 12);
    expect(runTail(above(0.2), [above(0.001), above(0.7)], rules)).toBeGreaterThan(0.1);
  });

  it('end on the other side, at a missing window and at one that is no part of a run', () => {
    for (const before of [[below(1e-6), above(1e-6)], [above(Number.NaN)], [{ tail: 1e-6, side: 0 as const }], []]) {
      expect(runTail(above(0.01), before, rules)).toBe(0.01);
    }
    const onlyLast = runTail(above(0.2), [above(1e-6), below(1e-6)], { goesOn: 4 });
    expect(onlyLast).toBe(0.2);
    expect(runTail({ tail: Number.NaN, side: 1 }, [above(1e-6)], rules)).toBeNaN();
    expect(runTail({ tail: 0.01, side: 0 }, [above(1e-6), above(1e-6)], rules)).toBe(0.01);
  });

  it('come to a tail as often in each kind of statistic: what is found, not what goes on, is told by its factor', () => {
    const factored = { ...rules, factors: { rate: 1.5, count: 0.5 } };
    const [before, alone] = [[above(0.001), above(0.002)], [below(0.5)]];

    expect(runs.runTail(above(0.01), alone, factored, 'rate')).toBeCloseTo(0.015, 12);
    expect(runs.runTail(above(0.01), alone, factored, 'count')).toBeCloseTo(0.005, 12);
    expect(runs.runTail(above(0.01), alone, factored, 'level')).toBe(0.01);
    expect(runs.runTail(above(0.9), alone, factored, 'rate')).toBe(1);
    expect(runs.runTail(above(0.01), [above(0.004)], factored, 'rate')).toBeCloseTo(1.5 * 1.2 * 0.01 ** 1.3, 12);
    expect(runs.runTail(above(0.2), before, factored, 'rate')).toBeCloseTo(0.002, 12);
  });

  it('say nothing without rules', () => {
    expect(runTail(above(0.01), [above(1e-6), above(1e-6)], {})).toBe(0.01);
  });

  it('never make a window likelier, nor rarer than what it rests on; the rarer its neighbours the rarer it is', () => {
    const tail = fc.double({ min: 1e-12, max: 1, noNaN: true });
    fc.assert(
      fc.property(tail, tail, tail, tail, (own, last, former, rarer) => {
        const together = runTail(above(own), [above(last), above(former)], rules);
        const least = 1.2 * Math.max(own, last) ** 1.3;

        expect(together).toBeLessThanOrEqual(own);
        expect(together).toBeGreaterThanOrEqual(Math.min(own, least, Math.max(own ** 4, last, former)));
        expect(runTail(above(own), [above(Math.min(last, rarer)), above(former)], rules)).toBeLessThanOrEqual(together);
      }),
    );
  });

  it('are ended by what is stuck, and by what was rare and passed over, but not by what is rare inside its band', () => {
    const said = { value: 9, baseline: 5, lower: 3, upper: 7, tail: 0.001, isAnomaly: true, isStuck: false };
    const judging = { tailThreshold: 0.003 };

    expect(asRunWindow(said, judging)).toEqual(above(0.001));
    expect(asRunWindow({ ...said, isStuck: true }, judging)).toEqual(NO_RUN);
    expect(asRunWindow({ ...said, isAnomaly: false }, judging)).toEqual(NO_RUN);
    expect(asRunWindow({ ...said, isAnomaly: false, value: 4 }, judging)).toEqual(below(0.001));
    expect(asRunWindow({ ...said, isAnomaly: false, tail: 0.2 }, judging)).toEqual(above(0.2));
  });

  it('lie on the side that their value is told against its baseline', () => {
    expect([sideOf(1, 2), sideOf(2, 2), sideOf(3, 2), sideOf(Number.NaN, 2), sideOf(1, Number.NaN)]).toEqual([
      -1, 1, 1, 0, 0,
    ]);
  });
});

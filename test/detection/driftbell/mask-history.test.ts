import { describe, expect, it } from 'vitest';
import { maskHistory, maskToFormer, passedBound, UNKNOWN_SIDE } from '../../../src/detection/driftbell/mask-history.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';

const rules = { masksAnomalies: true, relearnWindows: 10 };
const USED = 25;

/** Level 10 with noise, and `shift` more from `onset` on. */
function shifted(onset: number, shift: number): Float64Array {
  const random = createSeededRandom(3);
  return Float64Array.from({ length: 28 }, (_, at) => 10 + random.normal() + (at < onset ? 0 : shift));
}

function masked(history: Float64Array, sides: ArrayLike<number>, used = rules): number[] {
  maskHistory(history, sides, USED, used);
  return Array.from(history.subarray(0, USED).keys()).filter((at) => Number.isNaN(history[at]));
}

const above = (from: number, to: number) => Int8Array.from({ length: 28 }, (_, at) => (at >= from && at < to ? 1 : 0));

describe('masks', () => {
  it('hide anomalies from later forecasts, and nothing else', () => {
    expect(masked(shifted(20, 50), above(20, 25))).toEqual([20, 21, 22, 23, 24]);
    expect(masked(shifted(28, 0), new Int8Array(28))).toEqual([]);
  });

  it('turn over when a shift has stayed: what was before it goes, the new level is kept', () => {
    expect(masked(shifted(14, 50), above(14, 25))).toEqual(Array.from({ length: 14 }, (_, at) => at));
  });

  it('stay while windows jump about or lie on both sides', () => {
    const wild = shifted(14, 0).map((value, at) => (at < 14 ? value : value + (at % 2 === 0 ? 20 : 900)));
    expect(masked(wild, above(14, 25))).toHaveLength(11);
    const bothSides = above(14, 25).map((side, at) => (at % 3 === 0 ? -side : side));
    expect(masked(shifted(14, 50), bothSides)).toHaveLength(11);
  });

  it('are not ended by a missing window, but by a healthy one', () => {
    const gap = shifted(13, 50);
    gap[17] = Number.NaN;
    expect(masked(gap, above(13, 25)).filter((at) => at > 13)).toEqual([17]);
    const calm = above(12, 25);
    calm[18] = 0;
    expect(masked(shifted(12, 50), calm)).toHaveLength(12);
  });

  it('keep a window hidden whose anomaly has no side', () => {
    const sides = new Int8Array(28);
    sides[5] = UNKNOWN_SIDE;
    expect(masked(shifted(28, 0), sides)).toEqual([5]);
  });

  it('are not for spikes that belong to a series, while a longer incident stays hidden', () => {
    const sides = Int8Array.from({ length: 28 }, (_, at) => (at === 2 || at === 9 ? 1 : 0));
    expect(masked(shifted(28, 0), sides)).toEqual([]);
    sides.fill(1, 14, 19);
    expect(masked(shifted(28, 0), sides)).toEqual([14, 15, 16, 17, 18]);
    sides[2] = 0;
    expect(masked(shifted(28, 0), sides)).toHaveLength(6);
  });

  it('leave a short anomaly at the bound that it passed, and hide a long one and one without a bound', () => {
    const sides = Int8Array.from({ length: 28 }, (_, at) => (at === 3 || (at >= 10 && at < 14) ? 1 : 0));
    const bounds = Array.from(sides, (side) => (side === 1 ? 13 : Number.NaN));
    const history = shifted(28, 0);
    maskHistory(history, sides, USED, { ...rules, bounds });
    expect(history[3]).toBe(13);
    expect(Array.from(history.subarray(10, 14))).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);

    bounds[3] = Number.NaN;
    const other = shifted(28, 0);
    maskHistory(other, sides, USED, { ...rules, bounds });
    expect(other[3]).toBeNaN();
  });

  it('know the bound that a window passed, but of rates and of rows none, and none where nothing is clipped', () => {
    const band = { lower: 2, upper: 7 };
    const clips = { clipsAnomalies: true };
    const level = { kind: 'level', countsRows: false } as const;
    expect(passedBound(9, band, level, clips)).toBe(7);
    expect(passedBound(-1, band, { kind: 'count', countsRows: false }, clips)).toBe(2);
    expect(passedBound(5, band, level, clips)).toBeNaN();
    expect(passedBound(9, band, level, {})).toBeNaN();
    expect(passedBound(9, band, { kind: 'rate', countsRows: false }, clips)).toBeNaN();
    expect(passedBound(-1, band, { kind: 'count', countsRows: true }, clips)).toBeNaN();
  });

  it('take anomalies with a healthy window or two between them for one episode', () => {
    const sides = Int8Array.from({ length: 28 }, (_, at) => (at === 5 || at === 8 ? 1 : 0));
    expect(masked(shifted(28, 0), sides)).toEqual([5, 8]);
  });

  it('turn over again when the series has come back', () => {
    const back = shifted(4, 50).map((value, at) => (at < 16 ? value : value - 50));
    expect(masked(back, above(4, 16))).toEqual(Array.from({ length: 12 }, (_, at) => 4 + at));
    // Two windows prove nothing.
    expect(
      masked(
        shifted(11, 50).map((value, at) => (at < 23 ? value : value - 50)),
        above(11, 23),
      ),
    ).toHaveLength(11);
  });

  it('can leave the level before a shift that stayed instead', () => {
    const history = shifted(14, 50);
    expect(maskToFormer(history, above(14, 25), USED, rules)).toBe(true);
    expect(Array.from(history.subarray(0, USED), Number.isNaN).indexOf(true)).toBe(14);
    expect(maskToFormer(shifted(20, 50), above(20, 25), USED, rules)).toBe(false);
    expect(maskToFormer(shifted(14, 50), above(14, 25), USED, { ...rules, relearnWindows: 0 })).toBe(false);
  });

  it('can be switched off, together or only the turning over', () => {
    expect(masked(shifted(20, 50), above(20, 25), { ...rules, masksAnomalies: false })).toEqual([]);
    expect(masked(shifted(14, 50), above(14, 25), { ...rules, relearnWindows: 0 })).toHaveLength(11);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DRIFT_WINDOWS, findSlowDrift, signedZ } from '../../../src/detection/driftbell/slow-drift.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';

const z = fc.oneof(fc.double({ min: -40, max: 40, noNaN: true }), fc.constant(Number.NaN));
const row = fc.array(z, { maxLength: 70 }).map((values) => Float64Array.from(values));

describe('a slow drift', () => {
  it('is found in the week in which the sum reaches its limit, and began after it was last 0', () => {
    // 1.5 a window is 1 a window above the allowance: 20 windows from the first one on.
    const drifting = (windows: number) =>
      Float64Array.from({ length: 40 }, (_, at) => (at >= 40 - windows ? 1.5 : -0.2));

    expect(findSlowDrift(drifting(19))).toBeUndefined();
    expect(findSlowDrift(drifting(20))).toEqual({ since: 20, side: 1 });
    expect(findSlowDrift(drifting(26))).toEqual({ since: 14, side: 1 });
    expect(findSlowDrift(drifting(27))).toBeUndefined();
  });

  it('is the same downwards', () => {
    fc.assert(
      fc.property(row, (values) => {
        const up = findSlowDrift(values);
        const down = findSlowDrift(values.map((value) => -value));

        expect(down?.since).toBe(up?.since);
        expect(down === undefined).toBe(up === undefined);
        if (up && down) expect(down.side).toBe(-up.side);
      }),
    );
  });

  it('looks no further back than its windows, and passes over those that were not judged', () => {
    fc.assert(
      fc.property(row, (values) => {
        expect(findSlowDrift(values)?.side).toBe(findSlowDrift(values.slice(-DRIFT_WINDOWS))?.side);
        const found = findSlowDrift(values);
        if (found !== undefined) expect(Number.isNaN(values[found.since])).toBe(false);
      }),
    );
  });

  it('is never made of a few far windows', () => {
    const spikes = new Float64Array(40).fill(-0.5);
    for (const at of [33, 34, 35, 36, 37, 38]) spikes[at] = 40;

    expect(findSlowDrift(spikes)).toBeUndefined();
  });

  it('is rare where nothing drifts: at most one in 100 years of independent windows', () => {
    const random = createSeededRandom(2);
    const values = Float64Array.from({ length: 36_500 }, () => random.normal());
    let found = 0;
    for (let end = DRIFT_WINDOWS; end <= values.length; end += 7) {
      if (findSlowDrift(values.subarray(end - DRIFT_WINDOWS, end)) !== undefined) found += 1;
    }

    expect(found).toBeLessThanOrEqual(1);
  });
});

describe('the distance of a window as a normal value', () => {
  it.each([
    [1, 0],
    [0.3173, 1],
    [0.0455, 2],
    [0.0027, 3],
    [6.334e-5, 4],
  ])('of tail %d is %d', (tail, distance) => {
    expect(signedZ(5, 4, tail)).toBeCloseTo(distance, 2);
    expect(signedZ(3, 4, tail)).toBeCloseTo(-distance, 2);
  });

  it('is finite for every tail, and unknown where nothing was judged', () => {
    expect(signedZ(5, 4, 0)).toBeLessThan(8);
    expect(signedZ(4, 4, 1e-12)).toBe(0);
    expect(signedZ(5, 4, Number.NaN)).toBeNaN();
    expect(signedZ(Number.NaN, 4, 0.5)).toBeNaN();
  });
});

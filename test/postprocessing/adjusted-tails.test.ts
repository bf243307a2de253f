import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simes } from '../../src/domain/simes.ts';
import { adjustTails, benjaminiHochberg } from '../../src/postprocessing/adjusted-tails.ts';
import { seriesKey } from '../builders/detections.ts';

const tail = fc.double({ min: 0, max: 1, noNaN: true });

/** Uniform numbers of a fixed seed. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('Simes', () => {
  it('is worked by hand', () => {
    // Ascending .01, .03, .2: 3 * .01 / 1 = .03, 3 * .03 / 2 = .045, 3 * .2 / 3 = .2; the least is .03.
    expect(simes([0.2, 0.01, 0.03])).toBeCloseTo(0.03, 12);
    // Two that agree: 2 * .04 / 1 = .08, 2 * .05 / 2 = .05.
    expect(simes([0.05, 0.04])).toBeCloseTo(0.05, 12);
    expect([simes([]), simes([0.3])]).toEqual([1, 0.3]);
  });

  it('lies between the least and its Bonferroni bound (property)', () => {
    fc.assert(
      fc.property(fc.array(tail, { minLength: 1, maxLength: 20 }), (tails) => {
        const least = Math.min(...tails);

        expect(simes(tails)).toBeGreaterThanOrEqual(least);
        expect(simes(tails)).toBeLessThanOrEqual(Math.min(1, least * tails.length) + 1e-12);
      }),
    );
  });
});

describe('Benjamini and Hochberg', () => {
  it('is worked by hand', () => {
    // 4 * .01 / 1 = .04, 4 * .02 / 2 = .04, 4 * .03 / 3 = .04, 4 * .5 / 4 = .5.
    const adjusted = benjaminiHochberg(new Map(Object.entries({ a: 0.02, b: 0.5, c: 0.01, d: 0.03 })));

    expect(Object.fromEntries([...adjusted].map(([name, q]) => [name, Number(q.toFixed(9))]))).toEqual({
      ...{ a: 0.04, b: 0.5, c: 0.04, d: 0.04 },
    });
  });

  it('keeps the order, and never makes a probability smaller (property)', () => {
    fc.assert(
      fc.property(fc.array(tail, { minLength: 1, maxLength: 30 }), (tails) => {
        const given = new Map(tails.map((p, at) => [String(at), p]));
        const adjusted = benjaminiHochberg(given);

        for (const [name, p] of given) expect(adjusted.get(name)).toBeGreaterThanOrEqual(p - 1e-12);
        for (const [name, p] of given) {
          for (const [other, q] of given)
            if (p < q) expect(adjusted.get(name)).toBeLessThanOrEqual(adjusted.get(other) ?? 0);
        }
      }),
    );
  });

  it('keeps the false ones among those it tells below the rate', () => {
    const draw = uniform(7);
    const WINDOWS = 1_000;
    let shares = 0;
    for (let window = 0; window < WINDOWS; window += 1) {
      // A hundred columns, of which ten are broken beyond doubt.
      const tails = new Map(Array.from({ length: 100 }, (_, at) => [`${at}`, at < 10 ? draw() * 1e-4 : draw()]));
      const told = [...benjaminiHochberg(tails)].filter(([, q]) => q <= 0.1).map(([name]) => Number(name));
      expect(told.filter((at) => at < 10)).toHaveLength(10);
      shares += told.filter((at) => at >= 10).length / told.length;
    }

    // The procedure promises rate * healthy columns / columns: .09.
    expect(shares / WINDOWS).toBeCloseTo(0.09, 2);
  });
});

describe('the adjusted tails of a window', () => {
  it('take the series of a column together, and segments apart', () => {
    const of = (column: string, segment: string, p?: number) => ({
      series: seriesKey({ column, segment }),
      ...(p === undefined ? {} : { tail: p }),
    });

    const adjusted = adjustTails([of('age', '', 0.01), of('age', '', 0.9), of('age', 'DE', 0.5), of('plan', '')]);

    // Columns: .02 of age, .5 of age in DE; plan has no probability.
    expect([...adjusted].toSorted()).toEqual([
      ['\u0000age', 0.04],
      ['DE\u0000age', 0.5],
    ]);
  });
});

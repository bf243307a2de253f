import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Band, readBand, severityOf } from '../../../src/detection/driftbell/band.ts';
import { bandGradient } from '../../../src/detection/driftbell/band-gradient.ts';
import { driftbellSettings } from '../../../src/detection/driftbell/settings.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';

function bandOf(heads: readonly number[], shape = { ratio: 1, week: 0 }): Band {
  const band = { median: 0, lower: 0, upper: 0 };
  readBand(heads, 0, shape, band);
  return band;
}

describe('the band', () => {
  it('is in order and finite whatever the network says', () => {
    const head = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: -30, max: 30, noNaN: true }));
    const ratio = fc.double({ min: 0.02, max: 1, noNaN: true });
    fc.assert(
      fc.property(head, head, head, ratio, fc.double({ min: -1e3, max: 1e3, noNaN: true }), (a, b, c, r, week) => {
        const { median, lower, upper } = bandOf([a, b, c], { ratio: r, week });
        for (const bound of [median, lower, upper]) expect(Number.isFinite(bound)).toBe(true);
        expect(lower).toBeLessThanOrEqual(median);
        expect(upper).toBeGreaterThanOrEqual(median);
      }),
    );
  });

  it('puts a severity of 1 on each bound and 0 on the median', () => {
    const band = bandOf([0.3, -1, 2]);

    expect(severityOf(band.upper, band, 'side')).toBeCloseTo(1);
    expect(severityOf(band.lower, band, 'side')).toBeCloseTo(1);
    expect(severityOf(band.median, band, 'band')).toBe(0);
  });

  it('has the gradient that finite differences show', () => {
    const random = createSeededRandom(1);
    const count = 40;
    const heads = Float32Array.from({ length: count * 3 }, () => random.normal());
    const targets = Float32Array.from({ length: count }, () => 2 * random.normal());
    const labels = Uint8Array.from({ length: count }, (_, row) => (row % 7 === 0 ? 1 : 0));
    const lossAt = (of: Float32Array) => bandGradient(of, targets, labels, driftbellSettings).loss;

    const { heads: gradient } = bandGradient(heads, targets, labels, driftbellSettings);

    const step = 1e-2;
    heads.forEach((_, at) => {
      const moved = (by: number) => lossAt(heads.map((head, index) => (index === at ? head + by : head)));
      const slope = (moved(step) - moved(-step)) / (2 * step);
      // The kink of a pinball between the two points spoils a slope by at most its own height.
      expect(Math.abs(slope - (gradient[at] ?? 0))).toBeLessThan(
        0.05 / count + (2 * driftbellSettings.tailWeight * Number(isNearKink(at))) / count,
      );
    });
    function isNearKink(at: number): boolean {
      const row = Math.floor(at / 3) * 3;
      const target = targets[row / 3] ?? 0;
      const [a = 0, b = 0, c = 0] = heads.subarray(row, row + 3);
      const soft = (x: number) => Math.log1p(Math.exp(x));
      return [a, a - soft(b), a + soft(c)].some((bound) => Math.abs(target - bound) < 2 * step);
    }
  });
});

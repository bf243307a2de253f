import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_BAND_SEVERITY, severity } from '../../src/postprocessing/index.ts';

const band = { baseline: 10, lower: 8, upper: 13 };

describe('severity', () => {
  it.each([
    { name: 'a value at the edge', value: 13, forecast: band, expected: 0.6 },
    { name: 'a value on the baseline', value: 10, forecast: band, expected: 0 },
    { name: 'a value below', value: 0, forecast: band, expected: 2 },
    { name: 'a missing value', value: null, forecast: band, expected: 0 },
    { name: 'a missing forecast', value: 3, forecast: undefined, expected: 0 },
    { name: 'an empty band', value: 3, forecast: { baseline: 1, lower: 1, upper: 1 }, expected: EMPTY_BAND_SEVERITY },
    { name: 'the baseline of an empty band', value: 1, forecast: { baseline: 1, lower: 1, upper: 1 }, expected: 0 },
    {
      name: 'a forecast that is not a number',
      value: 3,
      forecast: { baseline: Number.NaN, lower: 1, upper: 2 },
      expected: 0,
    },
  ])('measures $name', ({ value, forecast, expected }) => {
    expect(severity(value, forecast)).toBeCloseTo(expected, 12);
  });

  it('gives 148.41 for an empty band, as the reference does', () => {
    expect(EMPTY_BAND_SEVERITY).toBeCloseTo(148.41, 2);
  });

  it('does not change when value and band are scaled and shifted together (property)', () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(
        number,
        number,
        fc.double({ min: 0.1, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        number,
        (value, baseline, half, scale, shift) => {
          const plain = severity(value, { baseline, lower: baseline - half, upper: baseline + half });
          const moved = severity(value * scale + shift, {
            baseline: baseline * scale + shift,
            lower: (baseline - half) * scale + shift,
            upper: (baseline + half) * scale + shift,
          });

          expect(Math.abs(moved - plain)).toBeLessThan(1e-6 * (1 + plain));
        },
      ),
    );
  });
});

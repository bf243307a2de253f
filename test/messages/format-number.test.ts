import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatCompact,
  formatCompactShare,
  formatFixed,
  formatInterval,
  formatNumber,
  formatQuantity,
  formatShare,
} from '../../src/messages/format-number.ts';

describe('numbers in sentences', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [512, '512'],
    [0.1 + 0.2, '0.3'],
    [Math.PI, '3.142'],
    [17_234.56, '17,235'],
    [-17_234.56, '−17,235'],
    [999_999.4, '999,999'],
    [999_999.6, '1 million'],
    [1_234_567, '1.235 million'],
    [999_999_999, '1 billion'],
    [5.6e9, '5.6 billion'],
    [7.5e12, '7.5 trillion'],
    [1.2346e15, '1.235e15'],
    [0.00034567, '0.0003457'],
    [0.000034567, '3.457e−5'],
    [-1e-9, '−1e−9'],
    [Number.NaN, 'not a number'],
    [Number.NEGATIVE_INFINITY, '−infinity'],
  ])('%d is %s', (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });

  it('stay within a tenth of a per cent of the value and short', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), (value) => {
        const text = formatNumber(value);

        expect(text.length).toBeLessThanOrEqual(17);
        expect(Math.abs(read(text) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-3);
      }),
    );
  });
});

describe('numbers on charts', () => {
  it.each([
    [512.34, '512.3'],
    [17_234, '17,234'],
    [99_999.7, '100 k'],
    [123_456, '123.5 k'],
    [1_200_000, '1.2 M'],
    [3e-5, '3e−5'],
    [0.00123, '0.00123'],
    [1.23456e22, '1.23e22'],
  ])('%d is %s', (value, expected) => {
    expect(formatCompact(value)).toBe(expected);
  });

  it('line up under each other', () => {
    expect([0.3, 0.32, -0.001, 1234].map((value) => formatFixed(value, 2))).toEqual([
      '0.30',
      '0.32',
      '0.00',
      '1,234.00',
    ]);
  });
});

describe('shares', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.001, '0.1 %'],
    [0.99874, '99.87 %'],
    [0.999999, '> 99.99 %'],
    [3e-8, '3e−6 %'],
    [-0.18, '−18 %'],
    [12.5, '1,250 %'],
  ])('%d is %s', (share, expected) => {
    expect(formatShare(share)).toBe(expected);
  });

  it('are shorter on charts, and still never called all when they are not', () => {
    expect([0.99874, 0.9999, 0.005498].map(formatCompactShare)).toEqual(['99.9 %', '> 99.9 %', '0.55 %']);
  });
});

describe('quantities', () => {
  it.each([
    [512, 'miles', '512 miles'],
    [0.5, 'share', '50 %'],
    [0.5, '', '0.5'],
    [null, 'miles', 'no value'],
  ])('%s %s is %s', (value, unit, expected) => {
    expect(formatQuantity(value, unit)).toBe(expected);
  });

  it('say the unit of an interval once', () => {
    expect(formatInterval(700, 745, 'miles')).toBe('700 to 745 miles');
    expect(formatInterval(0.12, 0.155, 'share')).toBe('12 to 15.5 %');
    expect(formatInterval(-1, 1, '')).toBe('−1 to 1');
  });
});

const sizes: Readonly<Record<string, number>> = { million: 1e6, billion: 1e9, trillion: 1e12 };

function read(text: string): number {
  const [digits = '', word = ''] = text.replaceAll('−', '-').replaceAll(',', '').split(' ');
  return Number(digits) * (sizes[word] ?? 1);
}

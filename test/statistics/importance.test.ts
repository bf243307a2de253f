import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImportanceRow, importanceColumns, importanceShares } from '../../src/statistics/importance.ts';

const FEATURES = ['age', 'plan', 'city'];

describe('the columns of a table of importance', () => {
  it.each([
    [
      ['feature', 'importance'],
      ['feature', 'importance'],
    ],
    [
      ['id', 'Gain', 'Feature'],
      ['Feature', 'Gain'],
    ],
    [
      ['name', 'weight'],
      ['name', 'weight'],
    ],
    [
      ['column', 'value'],
      ['column', 'value'],
    ],
    [
      ['value', 'gain', 'importance', 'column', 'feature'],
      ['feature', 'importance'],
    ],
  ])('of %j are %j', (columns, expected) => {
    expect(importanceColumns(columns)).toEqual(expected);
  });

  it.each([
    [['age', 'score'], '"age", "score"'],
    [['feature'], '"feature"'],
    [['importance'], '"importance"'],
    [[], 'no columns'],
  ])('are named where %j has none', (columns, received) => {
    expect(() => importanceColumns(columns)).toThrow(
      `Expected a column feature, name, column and a column importance, weight, gain, value, got ${received}`,
    );
  });
});

describe('shares of importance', () => {
  it('are absolute values over their sum, of what is watched and told', () => {
    const rows: ImportanceRow[] = [
      ['age', '-3'],
      ['ghost', '100'],
      ['plan', ' 1e0 '],
    ];

    expect(importanceShares(rows, FEATURES)).toEqual({ shares: { age: 0.75, plan: 0.25 }, passedOver: ['ghost'] });
  });

  it('keep a feature of importance 0, and names as they are', () => {
    const rows: ImportanceRow[] = [
      ['Age', '5'],
      ['__proto__', '1'],
      ['city', '0'],
    ];

    expect(importanceShares(rows, ['__proto__', 'city', 'age'])).toEqual({
      shares: Object.fromEntries([
        ['__proto__', 1],
        ['city', 0],
      ]),
      passedOver: ['Age'],
    });
  });

  it('lie within 0 and 1, sum to 1, and depend neither on scale, sign nor order', () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-3, max: 1e3 }), fc.constant(0));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 30 }), fc.boolean(), (numbers, isNegative) => {
        fc.pre(numbers.some((value) => value > 0));
        const names = numbers.map((_, i) => `f${i}`);
        const rows = (scale: number) => numbers.map((value, i): ImportanceRow => [`f${i}`, String(value * scale)]);

        const { shares } = importanceShares(rows(1), names);
        const other = importanceShares(rows(isNegative ? -1e6 : 1e6).reverse(), names).shares;

        const values = Object.values(shares);
        expect(values.every((share) => share >= 0 && share <= 1)).toBe(true);
        expect(values.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        for (const name of names) expect(other[name]).toBeCloseTo(shares[name] ?? Number.NaN, 12);
      }),
    );
  });

  it('stand the largest numbers', () => {
    const rows: ImportanceRow[] = [
      ['age', '1.7e308'],
      ['plan', '-1.7e308'],
    ];

    expect(importanceShares(rows, FEATURES).shares).toEqual({ age: 0.5, plan: 0.5 });
  });

  it.each<[string, ImportanceRow[], string]>([
    [
      'a word',
      [
        ['age', '1'],
        ['plan', 'high'],
      ],
      'a finite number as the importance of "plan", got "high" in row 2',
    ],
    ['infinity', [['age', 'inf']], 'a finite number as the importance of "age", got "inf" in row 1'],
    ['not a number', [['age', 'nan']], 'got "nan" in row 1'],
    ['nothing', [['age', null]], 'got nothing in row 1'],
    ['a blank', [['age', ' ']], 'got " " in row 1'],
    ['a truth', [['age', 'true']], 'got "true" in row 1'],
    [
      'a word of what is not watched',
      [
        ['age', '1'],
        ['ghost', '-'],
      ],
      'got "-" in row 2',
    ],
    [
      'no name',
      [
        ['age', '1'],
        [null, '1'],
      ],
      'the name of a feature, got nothing in row 2',
    ],
    [
      'one twice',
      [
        ['age', '1'],
        ['plan', '1'],
        ['age', '2'],
      ],
      'every feature once, got "age", which row 1 tells already in row 3',
    ],
    [
      'zeros only',
      [
        ['age', '0'],
        ['plan', '-0'],
      ],
      'an importance other than 0 for at least one watched feature, got 0 for all 2',
    ],
    ['none that is watched', [['aged', '1']], 'at least one watched feature, got "aged". Perhaps "age" is meant'],
    ['no rows', [], 'got a table without rows. The watched features are "age", "plan", "city"'],
  ])('refuse %s', (_case, rows, message) => {
    expect(() => importanceShares(rows, FEATURES)).toThrow(message);
    expect(() => importanceShares(rows, FEATURES)).toThrow(expect.objectContaining({ code: 'importance.invalid' }));
  });
});

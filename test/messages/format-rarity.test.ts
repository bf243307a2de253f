import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRarity } from '../../src/messages/format-rarity.ts';

describe('how rare a window is', () => {
  it.each([
    [1, 'day', 'about once a day'],
    [0.5, 'day', 'about once in 2 days'],
    [0.025, 'day', 'about once in 40 days'],
    [0.0024, 'day', 'about once in 420 days'],
    [0.001, 'day', 'about once in 2.7 years'],
    [1 / 1_095, 'day', 'about once in 3 years'],
    [0.0009, 'day', 'less than once in 3 years'],
    [0, 'day', 'less than once in 3 years'],
    [1, 'hour', 'about once an hour'],
    [0.03, 'hour', 'about once in 33 hours'],
    [0.001, 'hour', 'about once in 42 days'],
    [4e-5, 'hour', 'about once in 2.9 years'],
    [1e-5, 'hour', 'less than once in 3 years'],
  ] as const)('a tail probability of %d by the %s is %s', (tail, granularity, words) => {
    expect(formatRarity(tail, granularity)).toBe(words);
  });

  it('is always told in few words, and never as not a number', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('day', 'hour'), (tail, granularity) => {
        expect(formatRarity(tail, granularity as 'day')).toMatch(
          /^(about once (an? (day|hour|year)|in [\d.]+ (days|hours|years))|less than once in 3 years)$/,
        );
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../src/platform/random.ts';

const DRAWS = 100_000;

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

describe('createSeededRandom', () => {
  it('gives the same stream for the same seed and another for the next', () => {
    const first = createSeededRandom(7);
    const again = createSeededRandom(7);
    const next = createSeededRandom(8);

    const numbers = draw(50, first.uniform);

    expect(draw(50, again.uniform)).toEqual(numbers);
    expect(draw(50, next.uniform)).not.toEqual(numbers);
  });

  it('keeps its stream over releases, so that shipped seeds mean the same', () => {
    const random = createSeededRandom(1);

    expect([random.uniform(), random.normal(), random.integer(0, 1_000_000)]).toMatchInlineSnapshot(`
      [
        0.5686059948349658,
        -2.0627218114753947,
        352968,
      ]
    `);
  });

  it('fills [0, 1) evenly', () => {
    const random = createSeededRandom(3);

    const numbers = draw(DRAWS, random.uniform);
    const tenths = new Array<number>(10).fill(0);
    for (const value of numbers) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;

    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    for (const count of tenths) expect(Math.abs(count - DRAWS / 10)).toBeLessThan(5 * Math.sqrt(DRAWS / 10));
  });

  it('draws normal numbers of mean 0, variance 1 and kurtosis 3 that do not follow each other', () => {
    const random = createSeededRandom(4);

    const numbers = draw(DRAWS, random.normal);
    const moment = (power: number) => numbers.reduce((sum, value) => sum + value ** power, 0) / DRAWS;
    const lag = numbers.reduce((sum, value, index) => sum + value * (numbers[index - 1] ?? 0), 0) / DRAWS;

    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
    expect(Math.abs(lag)).toBeLessThan(0.02);
  });

  it('draws whole numbers of a range with both ends', () => {
    const random = createSeededRandom(5);

    const numbers = new Set(draw(1_000, () => random.integer(2, 10)));

    expect([...numbers].toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

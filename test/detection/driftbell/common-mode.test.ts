import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRest, findCommonModes, rowsWithoutModes } from '../../../src/detection/driftbell/common-mode.ts';

/** Rows with baseline 10 and gaps of 2, whose values lie `signed` gaps from it. */
function given(signed: readonly number[]) {
  const fill = (value: number) => new Float64Array(signed.length).fill(value);
  const rows = {
    count: signed.length,
    histories: new Float64Array(signed.length * 28),
    values: Float64Array.from(signed, (size) => 10 + 2 * size),
    daysOfWeek: new Uint8Array(signed.length),
    kinds: new Uint8Array(signed.length).fill(2),
  };
  const readings = {
    ...{ baseline: fill(10), lower: fill(8), upper: fill(12), score: fill(0.9), tail: fill(1e-4) },
    severity: Float64Array.from(signed, Math.abs),
  };
  return { rows, readings };
}

const modesOf = (signed: readonly number[], groupOf: (row: number) => string | undefined = () => 'mean') => {
  const { rows, readings } = given(signed);
  return findCommonModes(rows, readings, { tailThreshold: 1e-5, groupOf });
};

describe('what most series do together', () => {
  it('is their median, where four of five lie on its side', () => {
    expect(modesOf([2, 2, 3, 1, 2, 2, 2, 2, -1, 2])).toEqual([
      { group: 'mean', rows: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], size: 2, agreeing: 9, isTold: true },
    ]);
    expect(modesOf([2, 2, 2, 2, 2, 2, 2, -1, -1, -1])).toEqual([]);
  });

  it('is nothing for few series, for small moves, and across groups', () => {
    expect(modesOf([2, 2, 2, 2, 2, 2, 2])).toEqual([]);
    expect(modesOf(new Array<number>(20).fill(0.2))).toEqual([]);
    expect(modesOf(new Array<number>(14).fill(2), (row) => (row < 7 ? 'mean' : 'coverage'))).toEqual([]);
    expect(modesOf(new Array<number>(14).fill(2), () => undefined)).toEqual([]);
  });

  it('is told when it is large, or when it takes two anomalies away', () => {
    const told = (size: number, tails: readonly number[]) => {
      const { rows, readings } = given(new Array<number>(10).fill(size));
      readings.tail.set(tails);
      return findCommonModes(rows, readings, { tailThreshold: 1e-5, groupOf: () => 'mean' }).map(
        ({ isTold }) => isTold,
      );
    };

    expect(told(-1.5, [])).toEqual([true]);
    expect(told(-1.4, [])).toEqual([false]);
    expect(told(1.4, [1e-6])).toEqual([false]);
    expect(told(1.4, [1e-6, 1e-5])).toEqual([true]);
  });

  it('leaves each series with the rest beyond half of it, and nothing to judge again where that is no less', () => {
    const { rows, readings } = given([2, 2, 4, 1, 2, 2, 2, 2, -1, 5]);

    const rest = rowsWithoutModes(
      rows,
      readings,
      findCommonModes(rows, readings, { tailThreshold: 1e-5, groupOf: () => 'mean' }),
    );

    expect(rest.of).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 9]);
    expect([...rest.rows.values]).toEqual([10, 10, 12, 10, 10, 10, 10, 10, 14]);
    expect([...(rest.rows.kinds ?? [])]).toEqual(new Array<number>(9).fill(2));
  });

  it('never makes a row rarer than it was', () => {
    const size = fc.double({ min: -50, max: 50, noNaN: true });
    const tail = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 30 }), tail, (signed, againTail) => {
        const { rows, readings } = given(signed);
        const modes = findCommonModes(rows, readings, { tailThreshold: 1e-5, groupOf: () => 'mean' });
        const rest = rowsWithoutModes(rows, readings, modes);
        const again = { ...given(signed.slice(0, rest.of.length)).readings };
        again.tail.fill(againTail);

        applyRest(readings, rest.of, again);

        expect(readings.tail.every((one) => one >= 1e-4)).toBe(true);
        expect(rest.rows.values.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

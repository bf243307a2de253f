import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEdges } from '../../../src/detection/driftbell/incident-edges.ts';
import { maskHistory, UNKNOWN_SIDE } from '../../../src/detection/driftbell/mask-history.ts';

const USED = 25;
const rules = { masksAnomalies: true, relearnWindows: 10, hasHabits: false };

/** Coverage of 1 and now and then a row less, with an outage that begins in the evening of day 9 and ends in that of day 12. */
function outage(): { history: Float64Array; sides: Int8Array } {
  const history = Float64Array.from({ length: 28 }, (_, at) => (at % 6 === 0 ? 0.96 : 1));
  history.set([0.88, 0, 0, 0.9], 9);
  return { history, sides: Int8Array.from({ length: 28 }, (_, at) => (at === 10 || at === 11 ? -1 : 0)) };
}

function masked({ history, sides }: ReturnType<typeof outage>, hasEdges: boolean): number[] {
  const copy = history.slice();
  maskHistory(copy, sides, USED, { ...rules, hasEdges });
  return Array.from(copy.subarray(0, USED).keys()).filter((at) => Number.isNaN(copy[at]));
}

describe('edges of an incident', () => {
  it('are masked with it where its series asks for that', () => {
    expect(masked(outage(), true)).toEqual([9, 10, 11, 12]);
    expect(masked(outage(), false)).toEqual([10, 11]);
  });

  it('are no windows that others went as far as, nor on the other side', () => {
    const usual = outage();
    usual.history[20] = 0.88;
    expect(masked(usual, true)).toEqual([10, 11]);
    const above = outage();
    above.history.set([1.5, 0, 0, 1.5], 9);
    expect(masked(above, true)).toEqual([10, 11]);
  });

  it('are not known beside a missing window or an anomaly without a side, nor by the newest windows', () => {
    const gap = outage();
    gap.history.set([0.92, Number.NaN], 9);
    gap.sides[10] = 0;
    expect(masked(gap, true)).toEqual([10, 11, 12]);
    const sideless = outage();
    sideless.sides.fill(UNKNOWN_SIDE, 10, 12);
    expect(masked(sideless, true)).toEqual([10, 11]);
    const newest = outage();
    newest.sides.fill(0).fill(-1, USED);
    newest.history[USED - 1] = 0.5;
    expect(masked(newest, true)).toEqual([]);
  });

  it('stay where fewer than seven windows would be left', () => {
    const { history, sides } = outage();
    history.fill(Number.NaN, 0, 9).fill(Number.NaN, 19);
    expect(masked({ history, sides }, true)).not.toContain(12);
    history[19] = 1;
    expect(masked({ history, sides }, true)).toContain(12);
  });

  it('stay beside anomalies that are looked at', () => {
    const { history, sides } = outage();
    expect(findEdges(history, sides, USED, () => false)).toEqual([]);
  });

  it('lie beside an anomaly, are healthy, and leave seven known windows that do not', () => {
    const window = fc.record({
      value: fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constant(Number.NaN)),
      side: fc.constantFrom(0, 0, 0, -1, 1, UNKNOWN_SIDE),
    });
    fc.assert(
      fc.property(fc.array(window, { minLength: 28, maxLength: 28 }), (windows) => {
        const history = Float64Array.from(windows, ({ value }) => value);
        const sides = windows.map(({ side }) => side);

        const edges = findEdges(history, sides, USED, (at) => sides[at] !== 0);

        for (const at of edges) {
          expect(sides[at]).toBe(0);
          expect([sides[at - 1], sides[at + 1]].some((side) => side === -1 || side === 1)).toBe(true);
        }
        const left = windows.slice(0, USED).filter(({ value, side }, at) => {
          return side === 0 && !Number.isNaN(value) && !edges.includes(at);
        });
        if (edges.length > 0) expect(left.length).toBeGreaterThanOrEqual(7);
      }),
    );
  });
});

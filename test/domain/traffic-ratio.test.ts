import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KnownTraffic, trafficRatio } from '../../src/domain/traffic-ratio.ts';

const HOUR = 3_600_000;
const DAY = { key: '1970-01-01', startMs: 0, endMs: 24 * HOUR };

/** Windows one after the other. */
function known(sinceMs: number | undefined, lengthMs: number, rows: readonly number[]): KnownTraffic {
  const windows = rows.map((count, i) => {
    const startMs = (sinceMs ?? 0) + i * lengthMs;
    return [startMs, { endMs: startMs + lengthMs, rows: count }] as const;
  });
  return { sinceMs, windows: new Map(windows) };
}

describe('the traffic ratio', () => {
  it.each<[string, readonly KnownTraffic[], number | null]>([
    ['alone in its group', [], 1],
    ['beside one with the same window', [known(0, 24 * HOUR, [300])], 0.25],
    ['beside two', [known(0, 24 * HOUR, [50]), known(0, 24 * HOUR, [50])], 0.5],
    ['beside hours that fill the day', [known(0, HOUR, Array(24).fill(4))], 100 / 196],
    ['beside hours that begin within the day', [known(20 * HOUR, HOUR, [25, 25, 25, 25])], 0.5],
    ['before the first window of the other', [known(24 * HOUR, 24 * HOUR, [300])], 1],
    ['while an hour is missing', [known(0, HOUR, Array(23).fill(4))], null],
    ['while nothing is known of the other', [known(undefined, HOUR, [])], null],
    ['beside days of another zone', [known(-5 * HOUR, 24 * HOUR, [100, 100])], null],
    ['beside a day of another zone that begins within it', [known(5 * HOUR, 24 * HOUR, [100])], null],
  ])('%s', (_case, others, expected) => {
    expect(trafficRatio(DAY, 100, others)).toBe(expected);
  });

  it('of an hour beside a day has no value: nobody knows how the rows lie in the day', () => {
    expect(trafficRatio({ key: 'h', startMs: HOUR, endMs: 2 * HOUR }, 100, [known(0, 24 * HOUR, [2400])])).toBeNull();
  });

  it('has no value where the whole group has no rows', () => {
    expect(trafficRatio(DAY, 0, [known(0, 24 * HOUR, [0])])).toBeNull();
  });

  it('sums to 1 over a group', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 6 }), (rows) => {
        const ratios = rows.map((own, i) => {
          const others = rows.filter((_, j) => j !== i).map((count) => known(0, 24 * HOUR, [count]));
          return trafficRatio(DAY, own, others);
        });

        if (rows.every((count) => count === 0)) expect(ratios.every((ratio) => ratio === null)).toBe(true);
        else expect(ratios.reduce<number>((sum, ratio) => sum + (ratio ?? 0), 0)).toBeCloseTo(1, 12);
      }),
    );
  });
});

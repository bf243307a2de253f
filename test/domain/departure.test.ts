import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Departure, departureOf, isAboutAsFar, isWithinReach, reachOf } from '../../src/domain/departure.ts';
import type { SeriesStatistic } from '../../src/domain/statistic.ts';
import { seriesKey } from '../builders/detections.ts';
import { anomaly } from '../builders/reports.ts';

const at = (value: number | null, lower = 90, upper = 110) =>
  departureOf(anomaly({ value, forecast: { baseline: 100, lower, upper } }));

describe('about as far', () => {
  it.each([
    [at(130), true],
    [at(120), true],
    [at(119), false],
    [at(145), true],
    [at(146), false],
    // On the other side the distance is the same; the side is looked at elsewhere.
    [at(70), true],
  ])('is from two thirds of 30 to half as far again: %d is %s', (departure, isAlike) => {
    expect(isAboutAsFar(departure, at(130))).toBe(isAlike);
  });

  it('is counted from the baseline in the unit of the statistic, however wide the band is', () => {
    expect(isAboutAsFar(at(130, 99, 101), at(130, 60, 140))).toBe(true);
  });

  it('holds for one outage and another, and for no outage and a value that left its band', () => {
    const outage = departureOf(anomaly({ value: null, rule: 'all_missing' }));

    expect(isAboutAsFar(outage, departureOf(anomaly({ value: 0, rule: 'collapsed' })))).toBe(true);
    expect(isAboutAsFar(outage, at(130))).toBe(false);
    expect(isAboutAsFar(at(130), outage)).toBe(false);
  });

  it('is anything where nobody cares how far', () => {
    expect(isAboutAsFar(at(1e9), undefined)).toBe(true);
  });
});

describe('what a drop leaves', () => {
  const left = (value: number, statistic: SeriesStatistic = 'traffic', baseline = 100) => {
    const forecast = { baseline, lower: 0.9 * baseline, upper: 1.1 * baseline };
    return departureOf(anomaly({ series: seriesKey({ statistic }), value, forecast }));
  };

  it('tells most of the rows gone from two thirds of them, which a size within half as far again does not', () => {
    expect(left(4).size).toBeLessThan(1.5 * left(33).size);
    expect(isAboutAsFar(left(4), left(33))).toBe(false);
    // 22 is two thirds of 33.
    expect(isAboutAsFar(left(21.9), left(33))).toBe(false);
    expect(isAboutAsFar(left(22), left(33))).toBe(true);
    // The other way round it is the size that decides: what leaves more goes less far.
    expect(isAboutAsFar(left(33), left(4))).toBe(true);
  });

  it('is no less than a twentieth: what is below is as good as nothing', () => {
    expect(left(0)).toEqual({ size: 100, left: 0.05 });
    expect(isAboutAsFar(left(0), left(7))).toBe(true);
    expect(isAboutAsFar(left(0), left(8))).toBe(false);
  });

  it.each([
    ['a rise', left(170)],
    ['a value below zero', left(-4, 'mean')],
    ['a baseline below zero', left(-150, 'mean', -100)],
    ['a share', left(0.1, 'coverage', 1)],
    ['a distance', left(0.1, 'psi', 1)],
    ['a score of quality', left(0.1, 'auc', 1)],
  ])('is nothing of %s', (_case, departure) => {
    expect(departure).not.toHaveProperty('left');
    expect(isAboutAsFar(departure, departure)).toBe(true);
  });

  it('does not matter where it is not known what was left then', () => {
    expect(isAboutAsFar(left(4), { size: left(33).size })).toBe(true);
  });
});

describe('a reach', () => {
  const departures = fc.array(
    fc.record(
      { size: fc.double({ min: 0, max: 1e6, noNaN: true }), left: fc.double({ min: 0.05, max: 1, noNaN: true }) },
      { requiredKeys: ['size'] },
    ),
    { minLength: 1 },
  );

  it('holds whatever is about as far as one that it is made of', () => {
    fc.assert(
      fc.property(departures, departures, (made, others) => {
        const reach = reachOf(made as Departure[]);
        for (const one of others as Departure[]) {
          if (made.some((of) => isAboutAsFar(one, of as Departure))) expect(isWithinReach(one, reach)).toBe(true);
        }
      }),
    );
  });

  it('ends where what it is made of ends', () => {
    const reach = reachOf([
      { size: 30, left: 0.7 },
      { size: 60, left: 0.4 },
    ]);

    expect(reach).toEqual({ least: 30, most: 60, left: 0.4 });
    expect([19, 21, 89, 91].map((size) => isWithinReach({ size, left: 0.4 }, reach))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([0.26, 0.27].map((left) => isWithinReach({ size: 60, left }, reach))).toEqual([false, true]);
  });

  it('is none where how far one of them went is not known, and none holds everything', () => {
    expect(reachOf([])).toBeUndefined();
    expect(reachOf([{ size: 3 }, undefined])).toBeUndefined();
    expect(isWithinReach({ size: 1e9 }, undefined)).toBe(true);
    expect(isWithinReach(undefined, { least: 1, most: 2 })).toBe(true);
  });
});

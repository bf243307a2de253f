import { describe, expect, it } from 'vitest';
import { departureOf, isAboutAsFar } from '../../src/domain/departure.ts';
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

import { describe, expect, it } from 'vitest';
import { type Correction, offsetNames, type Place } from '../../src/domain/correction.ts';
import { type LearnedVersion, NOTHING_LEARNED } from '../../src/domain/learned-version.ts';
import { versionBefore, versionChanges } from '../../src/feedback/index.ts';
import { seriesKey } from '../builders/detections.ts';

const place = (column: string, isAbove = true): Place => ({ model: 'churn', series: seriesKey({ column }), isAbove });
const learned = (series: Readonly<Record<string, number>>, more: Partial<Correction['offsets']> = {}): Correction => ({
  ...{ slope: 0.5, labels: 20 },
  offsets: { ...NOTHING_LEARNED.offsets, series, ...more },
});
const name = (column: string, isAbove?: boolean) => offsetNames(place(column, isAbove)).series;

describe('what a version of the detector tells otherwise', () => {
  it('names what is told less and more easily than before, the furthest first', () => {
    const before = learned({ [name('age')]: -0.5, [name('plan', false)]: 1 });
    const offsets = { statistic: { [offsetNames(place('age')).statistic]: -0.6 }, model: { churn: 0.3 } };
    const after = learned({ [name('age')]: -2, [name('plan', false)]: 1, [name('city')]: 0.1 }, offsets);

    expect(versionChanges(before, after)).toEqual([
      'told less easily: age mean above its baseline (churn), every mean of churn',
      'confirmed: all of churn',
    ]);
    expect(versionChanges(after, before)[0]).toBe(
      'told more easily: age mean above its baseline (churn), every mean of churn',
    );
    expect(versionChanges(before, before)).toEqual([]);
  });

  it('tells more easily what was named as missed, and confirms what was voted up', () => {
    const before = learned({ [name('age')]: -0.5 });
    const after = { ...learned({ [name('age')]: -0.5, [name('plan')]: 1 }), raises: { [name('city')]: 0.8 } };

    expect(versionChanges(before, after)).toEqual([
      'told more easily: city mean above its baseline (churn)',
      'confirmed: plan mean above its baseline (churn)',
    ]);
  });

  it('names a few and counts the rest, and says what all series share', () => {
    const many = learned(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((column, at) => [name(column), -1 - at])));
    const network = { units: 1, weights: [] };

    expect(versionChanges(NOTHING_LEARNED, { ...many, network, labels: 100 })).toEqual([
      'told less easily: e mean above its baseline (churn), d mean above its baseline (churn), c mean above its baseline (churn) and 2 more',
      'what all series share counts for 25 % (before: 0 %)',
    ]);
  });

  it('compares with the last version that was promoted before, not with a refused one', () => {
    const version = (number: number, promotedAt?: number) =>
      ({
        number,
        correction: learned({ [name('age')]: -number }),
        ...(promotedAt && { promotedAt }),
      }) as LearnedVersion;
    const [first, refused, third] = [version(1, 5), version(2), version(3, 9)];

    expect(
      versionBefore(
        [third as LearnedVersion, refused as LearnedVersion, first as LearnedVersion],
        third as LearnedVersion,
      ),
    ).toBe(first?.correction);
    expect(versionBefore([first as LearnedVersion], first as LearnedVersion)).toBe(NOTHING_LEARNED);
  });
});

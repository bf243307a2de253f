import { describe, expect, it } from 'vitest';
import {
  findCatastrophe,
  hasStopped,
  isExplained,
  isHabit,
  isNotLiveYet,
  isSmallSegment,
} from '../../src/detection/catastrophic.ts';
import { buildDeviations, DEVIATION_LIMIT } from '../../src/detection/classify/deviations.ts';
import { decideAnomaly } from '../../src/detection/decide.ts';
import { detectorSettings } from '../../src/detection/settings.ts';
import { isUsualValue } from '../../src/detection/usual-value.ts';
import type { LandingState } from '../../src/domain/landing.ts';

const band = { baseline: 0, lower: -1, upper: 1 };
const { paper, code } = detectorSettings;

describe('decision', () => {
  it.each([
    [1.01, 0.2, true, false],
    [1.01, 0.21, true, true],
    [1.01, 0.19, false, false],
    [1, 0.9, false, false],
    [-1, 0.9, false, false],
    [-1.01, 0.9, true, true],
  ])('on %d with a score of %d: paper %s, code %s', (value, score, byPaper, byCode) => {
    expect(decideAnomaly(value, band, score, paper)).toBe(byPaper);
    expect(decideAnomaly(value, band, score, code)).toBe(byCode);
  });
});

describe('usual values', () => {
  it('are those that most of the history shares exactly', () => {
    const mostlyZero = [...new Array<number>(15).fill(0), ...new Array<number>(13).fill(0.01)];

    expect(isUsualValue(0, mostlyZero)).toBe(true);
    expect(isUsualValue(0.01, mostlyZero)).toBe(false);
    expect(isUsualValue(0, mostlyZero.slice(1, 27))).toBe(true);
    expect(isUsualValue(0, mostlyZero.slice(2, 28))).toBe(false);
    expect(isUsualValue(0, [])).toBe(false);
  });
});

describe('deviations', () => {
  const heads = Float32Array.of(0, -1, 1);

  it('are signed for the paper', () => {
    expect([...buildDeviations(heads, Float32Array.of(3), Uint8Array.of(2), paper)]).toEqual([3, 2, 4]);
  });

  it('are clipped and carry the weekday for the released code', () => {
    const above = buildDeviations(heads, Float32Array.of(3), Uint8Array.of(2), code);
    const below = buildDeviations(heads, Float32Array.of(-3), Uint8Array.of(0), code);

    expect([...above]).toEqual([3, 2, 0, 0, 0, 1, 0, 0, 0, 0]);
    expect([...below]).toEqual([-3, 0, 2, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('stay finite for a value beyond all measure', () => {
    const wild = buildDeviations(heads, Float32Array.of(Number.POSITIVE_INFINITY), Uint8Array.of(0), paper);

    expect([...wild]).toEqual([DEVIATION_LIMIT, DEVIATION_LIMIT - 1, DEVIATION_LIMIT + 1]);
  });
});

describe('catastrophic path', () => {
  const feature = (statistic: 'missing_rate' | 'coverage' | 'mean') => ({ role: 'feature', statistic }) as const;

  it.each([
    [feature('missing_rate'), 1, 100, null, 'all_missing'],
    [feature('missing_rate'), 0.99, 100, null, undefined],
    [feature('coverage'), 0, 100, 0, 'all_default'],
    [feature('coverage'), 0, 100, 1, 'all_missing'],
    [feature('coverage'), 0, 0, null, undefined],
    [feature('mean'), 0, 100, null, undefined],
    [{ role: 'traffic', statistic: 'traffic' } as const, 0, 0, null, 'no_rows'],
    [{ role: 'traffic', statistic: 'traffic' } as const, null, 0, null, undefined],
  ])('calls %j = %s of %d rows %s', (key, value, rows, missingRate, rule) => {
    expect(findCatastrophe(key, value, rows, missingRate)).toBe(rule);
  });

  const traffic = (segment: string) => ({ role: 'traffic', statistic: 'traffic', segment }) as const;
  const look = (state: LandingState, rows = 0) => ({ state, rows, text: 'as it was seen' });

  it('tells a source that has stopped from one without rows in the window', () => {
    expect(findCatastrophe(traffic(''), 0, 0, null, look('late'))).toBe('late');
    expect(findCatastrophe(traffic(''), 0, 0, null, look('missing'))).toBe('no_rows');
  });

  it.each([
    [traffic(''), look('zero_rows'), true],
    [traffic(''), look('missing'), false],
    [traffic(''), look('late'), false],
    [traffic('de'), look('missing'), true],
    [traffic('de'), look('landed', 9), false],
    [traffic('de'), undefined, false],
    [{ role: 'feature', segment: '' } as const, look('zero_rows'), false],
  ])('says once, and only where it is news, that there are no rows: %j in %j', (key, seen, isSaid) => {
    expect(isExplained(key, seen)).toBe(isSaid);
  });

  it('takes no stop of all traffic for a habit', () => {
    expect(hasStopped(traffic(''), look('late'))).toBe(true);
    expect(hasStopped(traffic(''), look('late', 3))).toBe(false);
    expect(hasStopped(traffic('de'), look('late'))).toBe(false);
    expect(hasStopped(traffic(''), undefined)).toBe(false);
  });

  it('knows what a weekday is like', () => {
    // The judged window is a week after the entry at place 21.
    const week = [1, 0, 0, 0, 0, 0, 1];

    expect(isHabit(1, [...week, ...week, ...week, ...week])).toBe(true);
    expect(isHabit(1, [...week, ...week, ...week, 0, ...week.slice(1)])).toBe(true);
    expect(isHabit(1, [...week, ...week, 0, ...week.slice(1), 0, ...week.slice(1)])).toBe(false);
  });

  it.each([
    ['nine scattered days, three of them on this weekday', [0, 2, 7, 11, 12, 14, 20, 24, 27], false],
    ['a weekday and one holiday', [0, 7, 14, 21, 10], true],
    ['a weekday and as many holidays as an eighth of the others', [0, 7, 14, 21, 10, 17, 26], true],
    ['one more than that', [0, 7, 14, 21, 10, 17, 26, 25], false],
    ['three weekdays', [0, 2, 4, 7, 9, 11, 14, 16, 18], true],
    ['more than half of all days, whatever their weekday', Array.from({ length: 15 }, (_, at) => at), true],
  ])('asks that a weekday does what the others do not: %s', (_, places, isOne) => {
    const history = Array.from({ length: 28 }, (_, at) => (places.includes(at) ? 1 : 0));

    expect(isHabit(1, history)).toBe(isOne);
  });

  it('keeps quiet about what the series has long been like, and speaks on the first day', () => {
    expect(isHabit(0, [])).toBe(false);
    expect(isHabit(0, [0, 0, 0])).toBe(false);
    expect(isHabit(0, new Array(28).fill(0))).toBe(true);
    expect(isHabit(0, [...new Array(20).fill(0.9), ...new Array(8).fill(0)])).toBe(false);
  });

  it('does not call it an outage when traffic has not begun', () => {
    const traffic = { role: 'traffic' } as const;

    expect(isNotLiveYet(traffic, [])).toBe(true);
    expect(isNotLiveYet(traffic, [null, 0, 0])).toBe(true);
    expect(isNotLiveYet(traffic, [null, 0, 12])).toBe(false);
    expect(isNotLiveYet({ role: 'feature' }, [])).toBe(false);
  });

  it('does not take a window without rows for an outage of a segment that has but a few', () => {
    const segment = { role: 'traffic', segment: 'NO' } as const;

    expect(isSmallSegment(segment, [3, null, 0, 5, 100])).toBe(true);
    expect(isSmallSegment(segment, [3, 10, 40])).toBe(false);
    expect(isSmallSegment(segment, [])).toBe(false);
    expect(isSmallSegment({ ...segment, segment: '' }, [3, 2, 1])).toBe(false);
    expect(isSmallSegment({ ...segment, role: 'score' }, [3, 2, 1])).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../src/platform/random.ts';
import { effectOf } from './effect.ts';
import { emptyWeek, sumWeeks, type Week } from './weeks.ts';

const week = (overrides: Partial<Week>): Week => ({ ...emptyWeek(), ...overrides });
const random = () => createSeededRandom(1);
const quiet = week({ incidents: 4, found: 3, falseFindings: 8, falseReports: 2, realFindings: 2 });

describe('the effect of feedback', () => {
  it('is nothing of the same twice, however models are drawn', () => {
    const models = [
      [quiet, quiet],
      [week({ incidents: 3, found: 1, falseReports: 1 }), quiet],
    ];

    const effect = effectOf({ none: models, with: models, since: 2, random: random() });

    expect(effect.falseReports).toEqual({ value: 1, low: 1, high: 1 });
    expect(effect.recall).toEqual({ value: 0, low: 0, high: 0 });
    expect(effect.f1).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('is told from the goal’s week on, but for the recall of all weeks', () => {
    const fed = week({ incidents: 4, found: 2, falseFindings: 2, falseReports: 1, realFindings: 2 });

    const effect = effectOf({ none: [[quiet, quiet]], with: [[quiet, fed]], since: 2, random: random() });

    expect(effect.falseFindings.value).toBe(0.25);
    expect(effect.falseReports.value).toBe(0.5);
    expect([effect.recall.value, effect.lateRecall.value]).toEqual([-0.125, -0.25]);
    // P 2/10 and R 3/4 before, P 2/4 and R 2/4 after.
    expect(effect.f1Before.value).toBeCloseTo(0.3158, 4);
    expect(effect.f1After.value).toBeCloseTo(0.5, 4);
  });

  it('has an interval that is as wide as models differ, with the figure in it', () => {
    const none = Array.from({ length: 20 }, () => [quiet]);
    const fed = none.map((_, model) => [week({ ...quiet, falseReports: model % 2 === 0 ? 0 : 2 })]);

    const { falseReports } = effectOf({ none, with: fed, since: 1, random: random() });

    // Ten of twenty with a standard error of sqrt(0.5 * 0.5 / 20) = 0.11, and 1.64 of them.
    expect(falseReports.value).toBe(0.5);
    expect(falseReports.low).toBeCloseTo(0.5 - 0.18, 1);
    expect(falseReports.high).toBeCloseTo(0.5 + 0.18, 1);
  });

  it('has no ratio to nothing', () => {
    const { falseReports } = effectOf({ none: [[emptyWeek()]], with: [[emptyWeek()]], since: 1, random: random() });

    expect(falseReports.value).toBe(1);
  });
});

describe('weeks', () => {
  it('of several models are added up one by one', () => {
    expect(
      sumWeeks([
        [quiet, emptyWeek()],
        [quiet, quiet],
      ]).map(({ found }) => found),
    ).toEqual([6, 3]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedAggregate } from '../../src/domain/profile.ts';
import { deriveStatistics } from '../../src/statistics/index.ts';
import { aggregate } from './aggregate.ts';

describe('deriving statistics', () => {
  it('takes coverage as what is neither missing nor non-finite nor default', () => {
    const { statistics } = deriveStatistics(aggregate({ rows: 10, missing: 1, nonFinite: 2, defaults: 3 }));

    expect(statistics).toMatchObject({
      coverage: 0.4,
      missing_rate: 0.1,
      non_finite_rate: 0.2,
      default_rate: 0.3,
      mean: 4,
      q50: 4,
    });
  });

  it('takes shares of all rows, of categories that are absent too', () => {
    const categories = [
      { value: 'Oslo', rows: 6 },
      { value: 'Rome', rows: 0 },
    ];

    const derived = deriveStatistics(aggregate({ kind: 'categorical', missing: 2, categories, distinct: 3 }));

    // Oslo 6, others 2 of 8 present: -(0.75 log2 0.75 + 0.25 log2 0.25) bits.
    expect(derived.shares).toEqual({ Oslo: 0.6, Rome: 0 });
    expect(derived.statistics.entropy).toBeCloseTo(0.8112781244591328, 12);
    expect(derived.statistics).not.toHaveProperty('mean');
  });

  it('divides observed by expected', () => {
    const score = aggregate({ role: 'score', observed: observed({ labels: 3, scores: 4, rows: 9 }) });

    expect(deriveStatistics(score).statistics.observed_expected_ratio).toBe(0.75);
  });

  it('tells how well probabilities fit what came of them', () => {
    const score = aggregate({ role: 'score', observed: observed({ rows: 8, squaredErrors: 2, auc: 0.7 }) });

    expect(deriveStatistics(score).statistics).toMatchObject({ brier: 0.25, auc: 0.7, label_rate: 0.8 });
  });

  it.each([
    ['labels are not 0 and 1', { otherLabels: 1 }],
    ['scores are no probabilities', { otherScores: 1 }],
    ['nothing is labelled', { rows: 0, squaredErrors: null }],
  ])('has no Brier score where %s', (_, overrides) => {
    const score = aggregate({ role: 'score', observed: observed({ rows: 8, squaredErrors: 2, ...overrides }) });

    expect(deriveStatistics(score).statistics.brier).toBeNull();
  });

  it.each([
    ['no label column', null, []],
    ['no row with both', observed({ rows: 0 }), ['label_missing']],
    ['scores that sum to zero', observed({ labels: 2, rows: 5 }), []],
    ['labels whose sum overflows', observed({ labels: null, scores: 1, rows: 5 }), []],
    ['scores so small that it overflows', observed({ labels: -1e308, scores: 5e-324, rows: 5 }), []],
  ])('gives no ratio with %s', (_, observed, problems) => {
    const derived = deriveStatistics(aggregate({ role: 'score', observed }));

    expect(derived.statistics.observed_expected_ratio).toBeNull();
    expect(derived.problems.map((problem) => problem.code)).toEqual(problems);
  });

  it.each([
    ['all missing', { missing: 10, mean: null }, 'all_missing', { missing_rate: 1, coverage: 0, mean: null }],
    ['all default', { defaults: 10, mean: 0 }, 'all_default', { default_rate: 1, coverage: 0, mean: 0 }],
    ['default where not missing', { defaults: 4, missing: 6, mean: 0 }, 'all_default', { coverage: 0 }],
    ['no rows', { rows: 0, mean: null }, 'no_rows', { coverage: null, missing_rate: null, mean: null }],
  ] as const)('names the problem: %s', (_, counts, code, statistics) => {
    const derived = deriveStatistics(aggregate(counts));

    expect(derived.problems).toMatchObject([{ code }]);
    expect(derived.statistics).toMatchObject(statistics);
  });

  it.each(['unreadable', 'column_vanished'] as const)(
    'gives no statistic of a column that is %s, never zero',
    (code) => {
      const derived = deriveStatistics(aggregate({ mean: null, categories: null, problems: [{ code, text: 'why' }] }));

      expect(Object.values(derived.statistics).every((value) => value === null)).toBe(true);
      expect(Object.keys(derived.statistics)).toContain('coverage');
      expect(derived.problems).toEqual([{ code, text: 'why' }]);
    },
  );

  it('keeps traffic a statistic of its own, zero included', () => {
    const empty = deriveStatistics(aggregate({ column: '*', role: 'traffic', kind: undefined as never, rows: 0 }));

    expect(empty.statistics).toEqual({ traffic: 0, traffic_ratio: null });
    expect(empty.problems).toMatchObject([{ code: 'no_rows' }]);
  });

  it('keeps entropy between 0 and log2 of the number of categories', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }), fc.nat(1000), (counts, others) => {
        const present = counts.reduce((sum, count) => sum + count, others);
        const categories = counts.map((rows, i) => ({ value: String(i), rows }));

        const value = deriveStatistics(aggregate({ kind: 'categorical', rows: present, categories })).statistics
          .entropy;

        if (present === 0) expect(value).toBeNull();
        else {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(Math.log2(counts.length + 1) + 1e-9);
        }
      }),
    );
  });
});

function observed(overrides: Partial<ObservedAggregate>): ObservedAggregate {
  const nothing = { labels: 0, scores: 0, squaredErrors: 0, otherLabels: 0, otherScores: 0, auc: null, ndcgAt10: null };
  return { rows: 10, ...nothing, ...overrides };
}

import { describe, expect, it } from 'vitest';
import { kindOfStatistic, kindRange } from '../../src/domain/statistic-kind.ts';

describe('kinds of statistics', () => {
  it.each([
    ['mean', 'level'],
    ['q99', 'level'],
    ['standard_deviation', 'scale'],
    ['coverage', 'rate'],
    ['missing_rate', 'rate'],
    ['unseen_share', 'rate'],
    ['share[ORD]', 'rate'],
    ['traffic_ratio', 'rate'],
    ['traffic', 'count'],
    ['psi', 'distance'],
    ['auc', 'performance'],
  ] as const)('calls %s a %s', (statistic, kind) => {
    expect(kindOfStatistic(statistic)).toBe(kind);
  });

  it('knows that rates end at 0 and 1, counts at 0 and levels nowhere', () => {
    expect(kindRange('rate')).toEqual({ lowest: 0, highest: 1 });
    expect(kindRange('count')).toEqual({ lowest: 0, highest: Number.POSITIVE_INFINITY });
    expect(kindRange('level')).toEqual({ lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY });
  });
});

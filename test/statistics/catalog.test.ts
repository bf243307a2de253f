import { describe, expect, it } from 'vitest';
import { columnKinds } from '../../src/domain/column.ts';
import { seriesName } from '../../src/domain/series.ts';
import { statisticNames } from '../../src/domain/statistic.ts';
import { alertSeries, catalog, deriveStatistics, statisticsOf } from '../../src/statistics/index.ts';
import { aggregate } from './aggregate.ts';

describe('the catalogue of statistics', () => {
  it('has one row for every statistic', () => {
    expect(catalog.map((row) => row.name)).toEqual([...statisticNames]);
  });

  it.each(catalog)('explains $name', ({ title, formula, roles, kinds, range: [lowest, highest] }) => {
    expect(title).not.toBe('');
    expect(formula.length).toBeGreaterThan(3);
    expect(roles.length).toBeGreaterThan(0);
    expect(kinds.length > 0 || roles.includes('traffic')).toBe(true);
    if (lowest !== null && highest !== null) expect(lowest).toBeLessThan(highest);
  });

  it.each(columnKinds)('lists exactly what is derived of a %s feature', (kind) => {
    expect(Object.keys(deriveStatistics(aggregate({ kind })).statistics)).toEqual(statisticsOf('feature', kind));
  });
});

describe('the default alert dimensions', () => {
  const columns = [
    { name: 'age', role: 'feature', kind: 'numeric' },
    { name: 'city', role: 'feature', kind: 'categorical' },
    { name: 'paid', role: 'feature', kind: 'boolean' },
    { name: 'p', role: 'score', kind: 'numeric' },
    { name: '*', role: 'traffic' },
  ] as const;

  it('are mean, coverage, missing rate and unseen share of features, mean of the score, and the traffic', () => {
    expect(alertSeries(columns).map(seriesName)).toEqual([
      'age.mean',
      'age.coverage',
      'age.missing_rate',
      'city.coverage',
      'city.missing_rate',
      'city.unseen_share',
      'paid.mean',
      'paid.coverage',
      'paid.missing_rate',
      'p.mean',
      'p.missing_rate',
      '*.traffic',
    ]);
  });

  it('leave out the observed / expected ratio, which has no bounds where the expected sum is near zero', () => {
    expect(alertSeries(columns).map(seriesName)).not.toContain('p.observed_expected_ratio');
  });

  it('are repeated for every segment', () => {
    const names = alertSeries(columns.slice(4), { segments: ['', 'NO'] }).map(seriesName);

    expect(names).toEqual(['*.traffic', 'NO/*.traffic']);
  });
});

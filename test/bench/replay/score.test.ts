import { describe, expect, it } from 'vitest';
import type { ReportLine } from '../../../src/cli/replay-lines.ts';
import { type Incident, scoreReplay } from './score.ts';

const incident = (column: string, from: string, to: string): Incident => ({ column, kind: 'outage', from, to });

function report(
  opened: string,
  ...findings: readonly (readonly [column: string, from: string, to: string])[]
): ReportLine {
  return {
    ...{ opened, resolved: null, severity: 'high', causes: [] },
    findings: findings.map(([column, from, to]) => ({
      ...{ segment: '', column, statistic: 'mean', from, to, value: 1, lower: 2, upper: 3, rule: 'band' },
    })),
  };
}

const score = (reports: readonly ReportLine[], incidents: readonly Incident[]) =>
  scoreReplay(reports, { incidents, columns: 2, days: 3044 });

describe('the score of a replay', () => {
  it.each([
    ['on its first day', report('2026-03-01', ['age', '2026-03-01', '2026-03-01']), true],
    ['on its fourteenth day', report('2026-03-15', ['age', '2026-03-14', '2026-03-20']), true],
    ['too late', report('2026-03-16', ['age', '2026-03-16', '2026-03-20']), false],
    ['too late, though it began in time', report('2026-03-16', ['age', '2026-03-10', '2026-03-20']), false],
    [
      'in a report that was open already',
      report('2026-02-20', ['plan', '2026-02-20', '2026-02-20'], ['age', '2026-03-02', '2026-03-03']),
      true,
    ],
    ['before it began', report('2026-02-20', ['age', '2026-02-20', '2026-02-28']), false],
    ['after it ended', report('2026-04-01', ['age', '2026-04-01', '2026-04-02']), false],
    ['on another column', report('2026-03-02', ['plan', '2026-03-02', '2026-03-03']), false],
    ['on the model as a whole', report('2026-03-02', ['*', '2026-03-02', '2026-03-03']), false],
  ])('says of an incident told %s whether it is found', (_words, told, isFound) => {
    expect(score([told], [incident('age', '2026-03-01', '2026-03-31')]).found).toBe(isFound ? 1 : 0);
  });

  it('counts days of a column that no incident of that column explains, once each', () => {
    const reports = [
      report('2026-03-01', ['age', '2026-03-01', '2026-03-06'], ['age', '2026-03-05', '2026-03-07']),
      report('2026-03-02', ['plan', '2026-03-02', '2026-03-02']),
    ];

    const { falseDays, falseDayCount, featureMonths, falseDaysPerFeatureMonth } = score(reports, [
      incident('age', '2026-03-02', '2026-03-03'),
    ]);

    // The day after the incident is its end; plan has an incident on no day.
    expect(falseDays.get('age')).toEqual(['2026-03-01', '2026-03-05', '2026-03-06', '2026-03-07']);
    expect(falseDays.get('plan')).toEqual(['2026-03-02']);
    expect([falseDayCount, featureMonths, falseDaysPerFeatureMonth]).toEqual([5, 200, 0.025]);
  });

  it('tells whether incidents of three columns that begin together came in one report', () => {
    const columns = ['age', 'plan', 'city'];
    const incidents = columns.map((column) => incident(column, '2026-03-01', '2026-03-02'));
    const one = report('2026-03-01', ...columns.map((column) => [column, '2026-03-01', '2026-03-02'] as const));
    const other = report('2026-03-01', ['age', '2026-03-01', '2026-03-02']);
    const rest = report('2026-03-02', ['plan', '2026-03-02', '2026-03-02']);

    expect(score([one], incidents).shared).toEqual([{ from: '2026-03-01', columns: 3, reports: 1 }]);
    expect(score([other, rest], incidents).shared).toEqual([{ from: '2026-03-01', columns: 3, reports: 2 }]);
  });

  it('counts windows of hours by their day', () => {
    const hours = report('2026-03-01T05:00Z', ['age', '2026-03-01T05:00Z', '2026-03-01T07:00Z']);

    expect(score([hours], [incident('age', '2026-03-01', '2026-03-01')])).toMatchObject({ found: 1, falseDayCount: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import type { Simulation } from './simulate.ts';
import { type PlayedSet, tellTwelveWeeks, twelveWeeksOf } from './twelve-weeks.ts';
import { emptyWeek } from './weeks.ts';

/** As many weeks, each with so many false reports, and an incident that is found. */
function played(weeks: number, falseReports: number, of: Pick<PlayedSet, 'draws' | 'since'>): PlayedSet {
  const all = Array.from({ length: weeks }, () => ({ ...emptyWeek(), falseReports, incidents: 2, found: 1 }));
  return { ...of, arms: new Map([['none', { weeks: all } as unknown as Simulation]]) };
}

describe('twelve weeks of several sets', () => {
  it('are means of a draw, from the goal on, and no more than twelve, by hand', () => {
    const sets = [played(300, 3, { draws: 3, since: 6 }), played(4, 10, { draws: 10, since: 3 })];

    // Seven weeks of one report, and two of one.
    expect(twelveWeeksOf(sets, 'none')).toEqual({ falseReports: 9, incidents: 8.8, found: 4.4 });
  });

  it('are told for each kind of feedback, and of nothing nothing', () => {
    const lines: string[] = [];
    tellTwelveWeeks((line) => lines.push(line), []);
    expect(lines).toEqual([]);

    tellTwelveWeeks((line) => lines.push(line), [played(12, 1, { draws: 1, since: 6 })]);
    expect(lines).toEqual([
      'the first 12 weeks of all 1 sets, means of a draw of people:',
      "  none: 7.0 false reports from the goal's week on; 12.0 of 24.0 incidents found",
    ]);
  });
});

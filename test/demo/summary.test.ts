import { describe, expect, it } from 'vitest';
import { summarise, summaryTable } from '../../src/demo/summary.ts';
import { parseUntilDay } from '../../src/demo/until-day.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import { model } from '../builders/reports.ts';

const walked = (until: string) => windowsBetween(Date.UTC(2001, 0, 1), Date.parse(until), 'UTC', 'day');
const summaryUntil = (until: string) =>
  summarise(model(), [], { windows: walked(until), whyMissed: () => 'all was quiet' });

describe('the summary of the demonstration', () => {
  it('calls an incident after the last walked day not looked at, instead of missed', () => {
    const summary = summaryUntil('2001-03-06');

    expect(summary.incidents.map(({ isLookedAt }) => isLookedAt)).toEqual([true, true, ...Array(5).fill(false)]);
    expect(summary.incidents[2]).not.toHaveProperty('reason');
    expect(summaryTable(summary)).toMatch(/storm of 9 February +missed +all was quiet/);
    expect(summaryTable(summary)).toMatch(/storms of 12–15 June +not looked at$/m);
    expect(summaryTable(summary)).toContain('0 of 2 known incidents found in 64 windows (5 not looked at); 0 other');
  });

  it('says nothing of days left out when all were walked', () => {
    expect(summaryTable(summaryUntil('2001-07-01'))).toContain('0 of 7 known incidents found in 181 windows; 0 other');
  });
});

describe('parseUntilDay', () => {
  it.each(['2001-01-02', '2001-05-09', '2001-07-01'])('takes %s', (text) => {
    expect(parseUntilDay(text)).toBe(text);
  });

  it.each(['foo', '', '2001-01-01', '2001-07-02', '2001-02-30', '2001-6-1', '2026-03-01'])('refuses "%s"', (text) => {
    expect(() => parseUntilDay(text)).toThrow(
      /Expected --until as a date from 2001-01-02 to 2001-07-01, got ".*"\. Name the first day/,
    );
  });
});

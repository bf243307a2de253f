import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/demo/summary.ts';
import type { ReportId } from '../../src/domain/identifiers.ts';
import type { Report } from '../../src/domain/report.ts';
import { parseWindow, windowsBetween } from '../../src/domain/window.ts';
import { finding, model, report } from '../builders/reports.ts';

const on = (day: string) => parseWindow(day, 'UTC', 'day');
const windows = windowsBetween(on('2001-01-01').startMs, on('2001-06-01').startMs, 'UTC', 'day');

function reportOf(id: number, opened: string, days: readonly [string, string][]): Report {
  const findings = days.map(([from, to]) => finding({ from: on(from), to: on(to) }));
  const last = days.at(-1)?.[1] ?? opened;
  return report({ id: id as ReportId, opened: on(opened), latest: on(last), findings });
}

function outcomes(reports: readonly Report[]) {
  const { incidents, others } = summarise(model(), reports, { windows, whyMissed: () => 'too small' });
  const named = incidents.map(({ incident, isLookedAt, report: found, delayWindows }) => [
    incident.name,
    { isLookedAt, report: found?.id, delayWindows },
  ]);
  return { ...Object.fromEntries(named), others: others.map(({ id }) => id) };
}

describe('an incident of the demonstration', () => {
  it('counts the delay from the first day of the incident', () => {
    const found = outcomes([reportOf(1, '2001-03-06', [['2001-03-05', '2001-03-06']])]);

    expect(found['storm of 5–6 March']).toEqual({ isLookedAt: true, report: 1, delayWindows: 1 });
    expect(found.others).toEqual([]);
  });

  it('gives no delay to an incident that joined an open report', () => {
    const found = outcomes([
      reportOf(5, '2001-05-27', [
        ['2001-05-26', '2001-05-28'],
        ['2001-05-29', '2001-05-31'],
      ]),
    ]);

    expect(found['destinations lost their mapping']).toEqual({ isLookedAt: true, report: 5, delayWindows: undefined });
  });

  it('does not take a report for found that tells of other days only', () => {
    const found = outcomes([reportOf(2, '2001-03-08', [['2001-03-07', '2001-03-08']])]);

    expect(found['storm of 5–6 March']).toMatchObject({ report: undefined });
    expect(found.others).toEqual([2]);
  });
});

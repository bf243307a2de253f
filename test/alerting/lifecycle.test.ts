import { describe, expect, it } from 'vitest';
import {
  eventOf,
  type IncidentEvent,
  type IncidentState,
  incidentEvents,
  isPast,
  type JudgedIncident,
  transition,
} from '../../src/alerting/lifecycle.ts';
import { reportStates } from '../../src/domain/report.ts';
import { day } from '../builders/detections.ts';
import { report } from '../builders/reports.ts';

/** Where every event leads from every state; `-`: nowhere. */
const TABLE: Readonly<Record<IncidentState, string>> = {
  //              fires        eases       rests       returns  acknowledge  settle
  quiet: '        firing       firing      -           -        -            -       ',
  firing: '       firing       recovering  recovering  resolved acknowledged resolved',
  acknowledged: ' acknowledged recovering  recovering  resolved -            resolved',
  recovering: '   firing       recovering  recovering  resolved recovering   resolved',
  resolved: '     -            -           -           -        -            -       ',
};
const cases = Object.entries(TABLE).flatMap(([state, row]) => {
  const targets = row.trim().split(/\s+/);
  return incidentEvents.map((event, place) => [state as IncidentState, event, targets[place] ?? ''] as const);
});

describe('an incident', () => {
  it('has a row for every state and a place for every event', () => {
    expect(Object.keys(TABLE)).toEqual(['quiet', ...reportStates]);
    expect(cases).toHaveLength((reportStates.length + 1) * incidentEvents.length);
  });

  it.each(cases)('that is %s and %s becomes %s', (state, event, target) => {
    const isAcknowledged = state === 'acknowledged';

    expect(transition(state, event, { isAcknowledged }) ?? '-').toBe(target);
  });

  it('goes back to whoever looked after it when it fires again', () => {
    expect(transition('recovering', 'fires', { isAcknowledged: true })).toBe('acknowledged');
    expect(transition('recovering', 'acknowledge', { isAcknowledged: true })).toBeUndefined();
  });
});

describe('a judged window', () => {
  const judged: JudgedIncident = {
    isFiring: true,
    outSeries: 9,
    peakSeries: 9,
    hasFindings: true,
    windowsSinceFiring: 0,
  };

  it.each<[string, Partial<JudgedIncident>, IncidentEvent]>([
    ['all of the series are out', {}, 'fires'],
    ['more than half of them are out', { outSeries: 5 }, 'fires'],
    ['at most half of them are out', { outSeries: 4 }, 'eases'],
    ['the only one is out', { outSeries: 1, peakSeries: 1 }, 'fires'],
    ['none is out for one window', { isFiring: false, windowsSinceFiring: 1 }, 'rests'],
    ['none is out for two windows', { isFiring: false, windowsSinceFiring: 2 }, 'returns'],
    ['nothing is left of it', { isFiring: false, hasFindings: false }, 'returns'],
  ])('in which %s', (_case, change, event) => {
    expect(eventOf({ ...judged, ...change })).toBe(event);
  });
});

describe('a window that was judged before', () => {
  const open = report({ latest: day(30), judged: day(31) });
  const resolved = report({ state: 'resolved', latest: day(30), resolved: day(32) });

  it.each([
    ['before the newest of the open report', { open, newest: open }, day(30), true],
    ['the newest of the open report', { open, newest: open }, day(31), false],
    ['the one in which the last report was resolved', { open: undefined, newest: resolved }, day(32), true],
    ['after the last report', { open: undefined, newest: resolved }, day(33), false],
    ['of a model without reports', { open: undefined, newest: undefined }, day(0), false],
  ] as const)('%s', (_case, reports, window, isBehind) => {
    expect(isPast(window.startMs, reports)).toBe(isBehind);
  });
});

import { describe, expect, it } from 'vitest';
import { parseWindow } from '../../src/domain/window.ts';
import { formatWindow, formatWindows, zoneAbbreviation } from '../../src/messages/format-window.ts';

const ZONE = 'America/New_York';
const day = (text: string) => parseWindow(text, ZONE, 'day');
const hour = (text: string) => parseWindow(text, ZONE, 'hour');

describe('windows in words', () => {
  it.each([
    ['one day', day('2001-03-06'), day('2001-03-06'), 'Tue 6 Mar 2001'],
    ['days of a month', day('2001-03-05'), day('2001-03-06'), '5–6 Mar 2001'],
    ['days of a year', day('2001-02-28'), day('2001-03-03'), '28 Feb – 3 Mar 2001'],
    ['days across years', day('2000-12-30'), day('2001-01-02'), '30 Dec 2000 – 2 Jan 2001'],
    ['one hour', hour('2001-03-06T05'), hour('2001-03-06T05'), 'Tue 6 Mar 2001, 05:00–06:00 EST'],
    ['hours of a day', hour('2001-03-06T05'), hour('2001-03-06T08'), 'Tue 6 Mar 2001, 05:00–09:00 EST'],
    ['hours until midnight', hour('2001-03-06T22'), hour('2001-03-06T23'), 'Tue 6 Mar 2001, 22:00–24:00 EST'],
    ['hours across days', hour('2001-03-06T22'), hour('2001-03-07T02'), '6 Mar 2001, 22:00 – 7 Mar 2001, 03:00 EST'],
    [
      'the hour that comes twice, first time',
      hour('2001-10-28T01:00-04:00'),
      hour('2001-10-28T01:00-04:00'),
      'Sun 28 Oct 2001, 01:00 EDT – 01:00 EST',
    ],
    [
      'the hour that comes twice, second time',
      hour('2001-10-28T01:00-05:00'),
      hour('2001-10-28T01:00-05:00'),
      'Sun 28 Oct 2001, 01:00–02:00 EST',
    ],
  ])('%s', (_, from, to, expected) => {
    expect(formatWindows(from, to, ZONE)).toBe(expected);
  });

  it('say "to" for people who listen', () => {
    expect(formatWindows(day('2001-03-05'), day('2001-03-06'), ZONE, 'spoken')).toBe('5 to 6 Mar 2001');
    expect(formatWindow(hour('2001-03-06T05'), ZONE, 'spoken')).toBe('Tue 6 Mar 2001, 05:00 to 06:00 EST');
  });

  it.each([
    ['America/New_York', 'EST'],
    ['Europe/Berlin', 'CET'],
    ['Europe/London', 'GMT'],
    ['Asia/Kolkata', 'IST'],
    ['Australia/Sydney', 'AEDT'],
    ['UTC', 'UTC'],
    ['Asia/Kathmandu', 'UTC+05:45'],
  ])('call %s %s in winter', (zone, expected) => {
    expect(zoneAbbreviation(Date.UTC(2001, 0, 15), zone)).toBe(expected);
  });
});

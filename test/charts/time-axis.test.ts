import { describe, expect, it } from 'vitest';
import { type TimeDomain, timeTicks } from '../../charts/specs/time-axis.ts';
import { parseInstant } from '../../src/domain/window.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WIDTH_PX = 500;

function labels(from: string, to: string, zone: string, windowMs = DAY_MS): string[] {
  return timeTicks(domain(from, to, zone, windowMs), zone, WIDTH_PX).map((tick) => tick.lines.join(' / '));
}

function domain(from: string, to: string, zone: string, windowMs: number): TimeDomain {
  return { startMs: parseInstant(from, zone), endMs: parseInstant(to, zone), windowMs };
}

describe('ticks of the time axis', () => {
  it.each([
    ['two months of days', '2001-01-12', '2001-03-13', ['22 Jan / 2001', '5 Feb', '19 Feb', '5 Mar']],
    ['a change of the year', '2025-12-20', '2026-01-10', ['22 Dec / 2025', '29 Dec', '5 Jan / 2026']],
    ['a year', '2025-02-10', '2026-02-10', ['1 Apr / 2025', '1 Jul', '1 Oct', '1 Jan / 2026']],
    ['one day', '2001-03-05', '2001-03-06', ['5 Mar / 2001']],
    ['fifty years', '1960-01-01', '2010-01-01', ['1 Jan / 1960', '1 Jan / 1980', '1 Jan / 2000']],
  ])('of %s are few and round', (_, from, to, expected) => {
    expect(labels(from, to, 'America/New_York')).toEqual(expected);
  });

  it('stand in the middle of the windows of days', () => {
    const [tick] = timeTicks(domain('2001-03-05', '2001-03-06', 'UTC', DAY_MS), 'UTC', WIDTH_PX);

    expect(tick?.atMs).toBe(parseInstant('2001-03-05T12:00', 'UTC'));
  });

  it('of hours name the day where it changes', () => {
    const ticks = labels('2001-06-12T05:00', '2001-06-13T09:00', 'Europe/Berlin', HOUR_MS);

    expect(ticks).toEqual(['06:00 / 12 Jun 2001', '12:00', '18:00', '00:00 / 13 Jun', '06:00']);
  });

  it('of hours keep local time when the clocks go back, with the longer night between', () => {
    const zone = 'America/New_York';
    const span = domain('2001-10-27T12:00', '2001-10-28T23:00', zone, HOUR_MS);

    const ticks = timeTicks(span, zone, WIDTH_PX);

    const midnight = ticks.find((tick) => tick.lines.includes('28 Oct'));
    const noon = ticks.find((tick) => tick.lines[0] === '12:00' && tick.atMs > span.startMs);
    expect((noon?.atMs ?? 0) - (midnight?.atMs ?? 0)).toBe(13 * HOUR_MS);
  });

  it('of hours work where zones are half an hour off', () => {
    expect(labels('2026-03-01', '2026-03-02', 'Asia/Kolkata', HOUR_MS)[0]).toBe('00:00 / 1 Mar 2026');
  });
});

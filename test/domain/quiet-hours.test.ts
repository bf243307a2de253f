import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDriftbellError } from '../../src/domain/errors.ts';
import { formatQuietHours, mayWait, parseQuietHours, quietUntil } from '../../src/domain/quiet-hours.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BERLIN = 'Europe/Berlin';

function untilOf(typed: string, at: string, zone = 'UTC'): string | undefined {
  const until = quietUntil(parseQuietHours(typed), Date.parse(at), zone);
  return until === undefined ? undefined : new Date(until).toISOString().replace(':00.000Z', 'Z');
}

describe('quiet hours', () => {
  it.each([
    ['22:00-07:00', '22:00-07:00'],
    ['9:30–17:00', '09:30-17:00'],
    ['weekends', 'weekends'],
    ['22:00-07:00, weekends, unless high', '22:00-07:00 weekends unless high'],
    ['Weekends and 22:00-07:00 always', '22:00-07:00 weekends always'],
    ['22:00-07:00 unless critical', '22:00-07:00'],
  ])('reads %s', (typed, canonical) => {
    expect(formatQuietHours(parseQuietHours(typed))).toBe(canonical);
    expect(parseQuietHours(canonical)).toEqual(parseQuietHours(typed));
  });

  it.each(['', 'nights', '22-07', '25:00-07:00', '22:00-22:00', '22:00-07:00 unless notable', 'always', 'weekends 7d'])(
    'refuses %s and says what it takes',
    (typed) => {
      const refused = () => parseQuietHours(typed);

      expect(refused).toThrow(/22:00-07:00/);
      try {
        refused();
      } catch (thrown) {
        expect(isDriftbellError(thrown) && thrown.code).toBe('usage.invalid');
      }
    },
  );

  it.each([
    ['22:00-07:00', '2026-02-03T21:59Z', undefined],
    ['22:00-07:00', '2026-02-03T22:00Z', '2026-02-04T07:00Z'],
    ['22:00-07:00', '2026-02-04T06:59Z', '2026-02-04T07:00Z'],
    ['22:00-07:00', '2026-02-04T07:00Z', undefined],
    ['12:00-13:00', '2026-02-04T12:30Z', '2026-02-04T13:00Z'],
    ['weekends', '2026-02-06T23:59Z', undefined],
    ['weekends', '2026-02-07T00:00Z', '2026-02-09T00:00Z'],
    // From Friday evening to Monday morning is one.
    ['22:00-07:00 weekends', '2026-02-06T22:00Z', '2026-02-09T07:00Z'],
  ])('%s at %s lasts until %s', (typed, at, until) => {
    expect(untilOf(typed, at)).toBe(until);
  });

  it('follow the clocks of the zone when they change', () => {
    // 29 March 2026, Berlin: 02:00 becomes 03:00, so that the night has eight hours and not nine.
    expect(untilOf('22:00-07:00', '2026-03-28T21:00Z', BERLIN)).toBe('2026-03-29T05:00Z');
    expect(untilOf('22:00-02:30', '2026-03-28T22:00Z', BERLIN)).toBe('2026-03-29T01:30Z');
    // 25 October 2026, Berlin: 02:30 comes twice; the night goes on until the second.
    expect(untilOf('22:00-02:30', '2026-10-25T00:45Z', BERLIN)).toBe('2026-10-25T01:30Z');
    expect(untilOf('22:00-02:30', '2026-10-25T01:29Z', BERLIN)).toBe('2026-10-25T01:30Z');
    expect(untilOf('22:00-02:30', '2026-10-25T01:30Z', BERLIN)).toBeUndefined();
    expect(untilOf('weekends', '2026-10-24T22:30Z', BERLIN)).toBe('2026-10-25T23:00Z');
  });

  it('end at an instant that is not quiet, and last without a hole until then', () => {
    const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom('UTC', BERLIN, 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo');
    fc.assert(
      fc.property(instant, time, time, fc.boolean(), zone, (at, from, to, weekends, of) => {
        fc.pre(from !== to);
        const quiet = { night: { from, to }, weekends, unless: 'critical' } as const;
        const until = quietUntil(quiet, at, of);
        if (until === undefined) return;
        expect(until).toBeGreaterThan(at);
        expect(quietUntil(quiet, until, of)).toBeUndefined();
        expect(quietUntil(quiet, at + Math.floor((until - at) / 2), of)).toBe(until);
        expect(quietUntil(quiet, until - 1, of)).toBe(until);
        // A night of nearly a whole day, around a weekend, on a day with 25 hours.
        expect(until - at).toBeLessThanOrEqual((4 * 24 + 1) * HOUR_MS);
      }),
    );
  });

  it('let through what is as bad as their exception', () => {
    expect(mayWait(parseQuietHours('weekends'), 'high')).toBe(true);
    expect(mayWait(parseQuietHours('weekends'), 'critical')).toBe(false);
    expect(mayWait(parseQuietHours('weekends unless high'), 'high')).toBe(false);
    expect(mayWait(parseQuietHours('weekends always'), 'critical')).toBe(true);
  });
});

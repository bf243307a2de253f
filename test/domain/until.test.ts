import { describe, expect, it } from 'vitest';
import { readUntil, requireUntil, resolveUntil } from '../../src/domain/until.ts';
import { formatInstant } from '../../src/messages/format-instant.ts';

/** A Wednesday: 4 Mar 2026, 10:30 in New York. Clocks go forward on Sunday the 8th. */
const ZONE = 'America/New_York';
const NOW = Date.UTC(2026, 2, 4, 15, 30);

function resolve(typed: string): string {
  return formatInstant(resolveUntil(requireUntil(typed.split(' ')).until, NOW, ZONE), ZONE);
}

describe('a time ahead', () => {
  it.each([
    ['30m', '4 Mar 2026, 11:00 EST'],
    ['4H', '4 Mar 2026, 14:30 EST'],
    ['7d', '11 Mar 2026, 11:30 EDT'],
    ['until fri 09:00', '6 Mar 2026, 09:00 EST'],
    ['until Friday', '6 Mar 2026, 00:00 EST'],
    ['until wed 9am', '11 Mar 2026, 09:00 EDT'],
    ['until wed 5:15pm', '4 Mar 2026, 17:15 EST'],
    ['until wednesday', '11 Mar 2026, 00:00 EDT'],
    ['until 09:00', '5 Mar 2026, 09:00 EST'],
    ['until 12pm', '4 Mar 2026, 12:00 EST'],
    ['until tomorrow', '5 Mar 2026, 00:00 EST'],
    ['till today 23:59', '4 Mar 2026, 23:59 EST'],
    ['until 2026-03-08 02:30', '8 Mar 2026, 03:30 EDT'],
    ['until 2026-04-02', '2 Apr 2026, 00:00 EDT'],
  ])('%s is %s', (typed, at) => {
    expect(resolve(typed)).toBe(at);
  });

  it('is read off the beginning, and the rest is left', () => {
    expect(readUntil(['4h', 'backfill'])?.used).toBe(1);
    expect(readUntil(['until', 'fri', '9:00', 'backfill'])?.used).toBe(3);
    expect(readUntil(['until', 'fri', 'backfill'])?.used).toBe(2);
    expect(readUntil(['age', '7d'])).toBeUndefined();
  });

  it.each([
    ['until today', 'still to come'],
    ['until 2026-03-04 10:00', 'still to come'],
    ['until 2026-04-05', 'within the next thirty days'],
    ['until 2026-02-30', 'after until'],
    ['until', 'after until'],
    ['until whenever', 'after until'],
    ['until 25:00', 'after until'],
    ['soon', 'm, h, d or w'],
    ['', 'm, h, d or w'],
  ])('%s is refused with what to write', (typed, words) => {
    expect(() => resolve(typed)).toThrow(words);
  });
});

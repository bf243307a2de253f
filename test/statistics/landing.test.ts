import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Window, windowsBetween } from '../../src/domain/window.ts';
import { expectedRows, type Look, landingOf } from '../../src/statistics/index.ts';

const MINUTE_MS = 60_000;
const FIRST_MS = Date.parse('2026-03-01T00:00Z');
const days = windowsBetween(FIRST_MS, FIRST_MS + 29 * 864e5, 'UTC', 'day');
const last = days.at(-1) as Window;
const UTC = { zone: 'UTC', granularity: 'day' } as const;

describe('the rows that are expected', () => {
  const rowsOf = (count: (index: number) => number) =>
    days.slice(0, -1).map((window, index) => ({ window, rows: count(index) }));

  it('are those of the same weekday', () => {
    // 29 March is a Sunday, and so are the indexes 0, 7, 14 and 21: 10, 12, 14 and 90 rows, all other days 1000.
    const sundays = [10, 12, 14, 90];

    const expected = expectedRows(
      last,
      rowsOf((index) => (index % 7 === 0 ? (sundays[index / 7] ?? 0) : 1000)),
      UTC,
    );

    // Median 13; distances 3, 1, 1, 77, median 2: 13 - 4 * 1.4826 * 2 = 1.1392, which is below 6.5.
    expect(expected?.median).toBe(13);
    expect(expected?.fewest).toBeCloseTo(1.1392, 10);
  });

  it('are those of the same hour of the weekday', () => {
    const hours = windowsBetween(FIRST_MS, FIRST_MS + 28 * 864e5 + 36e5, 'UTC', 'hour');
    const earlier = hours.slice(0, -1).map((window, index) => ({ window, rows: index % 168 === 0 ? 7 : 500 }));

    const expected = expectedRows(hours.at(-1) as Window, earlier, { zone: 'UTC', granularity: 'hour' });

    expect(expected).toEqual({ median: 7, fewest: 3.5 });
  });

  it('are unknown with fewer than three such windows, and never of the future', () => {
    expect(
      expectedRows(
        days[14] as Window,
        rowsOf(() => 5),
        UTC,
      ),
    ).toBeUndefined();
    expect(
      expectedRows(
        days[21] as Window,
        rowsOf(() => 5),
        UTC,
      ),
    ).toEqual({ median: 5, fewest: 2.5 });
  });

  it('are not those of days on which the source stood still, once it is back', () => {
    // Sundays have 40 rows; the source stood still on all but the newest days.
    const stood = (back: number) => rowsOf((index) => (index >= 28 - back ? 40 : 0));

    expect(expectedRows(last, stood(2), UTC)).toEqual({ median: 0, fewest: 0 });
    expect(expectedRows(last, stood(3), UTC)).toBeUndefined();
    expect(expectedRows(last, stood(22), UTC)).toEqual({ median: 40, fewest: 20 });
    // Of an hour that says nothing: a night without rows is no stop.
    expect(expectedRows(last, stood(3), { ...UTC, granularity: 'hour' })).toEqual({ median: 0, fewest: 0 });
  });

  it('never lie below zero or above the median', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 28, maxLength: 28 }), (counts) => {
        const { median, fewest } = expectedRows(
          last,
          rowsOf((index) => counts[index] ?? 0),
          UTC,
        ) ?? {
          median: -1,
          fewest: -1,
        };

        expect(fewest).toBeGreaterThanOrEqual(0);
        expect(fewest).toBeLessThanOrEqual(median);
      }),
    );
  });
});

describe('a window', () => {
  const due = last.endMs + 60 * MINUTE_MS;
  const usual = { median: 1000, fewest: 500 };
  const look = (overrides: Partial<Look>): Look => ({
    ...{ nowMs: due, latenessMinutes: 60, rows: 1000, lastMs: last.endMs - 1, expected: usual },
    formatInstant: (instantMs) => new Date(instantMs).toISOString(),
    ...overrides,
  });

  it.each<[string, Partial<Look>, string]>([
    ['waits until its lateness has passed', { nowMs: due - 1 }, 'waiting'],
    ['waits even with all its rows', { nowMs: due - 1, rows: 5000 }, 'waiting'],
    ['has landed with the usual rows', {}, 'landed'],
    ['has landed with far more: that is for the detector', { rows: 9000 }, 'landed'],
    ['has landed with any rows while nothing is usual yet', { rows: 1, expected: undefined }, 'landed'],
    ['is late with implausibly few rows', { rows: 499 }, 'late'],
    ['is late while rows still come', { rows: 499, before: { sameSinceMs: due - 60 * MINUTE_MS, rows: 300 } }, 'late'],
    ['is late when the second look came at once', { rows: 499, before: { sameSinceMs: due - 1, rows: 499 } }, 'late'],
    [
      'has landed when few rows are all',
      { rows: 499, before: { sameSinceMs: due - 10 * MINUTE_MS, rows: 499 } },
      'landed',
    ],
    ['is late when the source ends before it', { rows: 0, lastMs: last.startMs - 1 }, 'late'],
    ['is late when the source is empty', { rows: 0, lastMs: null, expected: undefined }, 'late'],
    ['is missing when the source goes on after it', { rows: 0, lastMs: last.endMs }, 'missing'],
    ['is missing where nothing is usual yet', { rows: 0, lastMs: last.endMs, expected: undefined }, 'missing'],
    [
      'has no rows, where that is usual',
      { rows: 0, lastMs: last.endMs, expected: { median: 0, fewest: 0 } },
      'zero_rows',
    ],
    ['has no rows at the end, where that is usual', { rows: 0, expected: { median: 0, fewest: 0 } }, 'zero_rows'],
  ])('%s', (_, overrides, state) => {
    expect(landingOf(last, look(overrides)).state).toBe(state);
  });

  it('says of each state something else', () => {
    const texts = [
      look({ nowMs: due - 1 }),
      look({}),
      look({ rows: 3 }),
      look({ rows: 0, lastMs: null }),
      look({ rows: 0, lastMs: last.endMs }),
      look({ rows: 0, expected: { median: 0, fewest: 0 } }),
    ].map((each) => landingOf(last, each).text);

    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toEqual([
      'rows may come until 2026-03-30T01:00:00.000Z',
      '1,000 rows',
      '3 of about 1,000 rows so far',
      'the source has no rows at all',
      'no rows, though there are rows after it',
      'no rows, as is usual at that time',
    ]);
  });
});

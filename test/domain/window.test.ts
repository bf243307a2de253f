import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { granularities } from '../../src/domain/model.ts';
import { parseWindow, shiftWindow, windowAt, windowsBetween } from '../../src/domain/window.ts';

const HOUR_MS = 3_600_000;
const zones = [
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
];
/** Clocks of Lord Howe Island go back by half an hour at 2:00 on 31 March 1996, and on by it on 27 October. */
const [BACK, ON] = [Date.UTC(1996, 2, 30, 15), Date.UTC(1996, 9, 26, 15, 30)];

describe('windows', () => {
  const moments = fc.oneof(
    fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2030, 0) }),
    ...[BACK, ON].map((change) => fc.integer({ min: change - 3 * HOUR_MS, max: change + 3 * HOUR_MS })),
  );

  it('hold their instants, follow each other without a gap, and are found again by their names', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...granularities), moments, (zone, granularity, at) => {
        const first = windowAt(at, zone, granularity);
        const next = windowAt(first.endMs, zone, granularity);

        expect(first.startMs).toBeLessThanOrEqual(at);
        expect(first.endMs).toBeGreaterThan(at);
        expect(windowAt(first.endMs - 1, zone, granularity)).toEqual(first);
        expect(next.startMs).toBe(first.endMs);
        expect(parseWindow(first.key, zone, granularity)).toEqual(first);
      }),
    );
  });

  it('are the hours that the calendar has, asked for in any order', () => {
    const asked = fc.record({
      zone: fc.constantFrom(...zones),
      // Clocks of these years changed often, and by odd amounts.
      at: fc.oneof(moments, fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(1980, 0) })),
    });
    fc.assert(
      fc.property(asked, ({ zone, at }) => {
        const { key, startMs, endMs } = windowAt(at, zone, 'hour');

        const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone);
        const last = Temporal.Instant.fromEpochMilliseconds(endMs - 1).toZonedDateTimeISO(zone);
        const offset = start.offset === '+00:00' ? 'Z' : start.offset;
        expect(key).toBe(`${start.toPlainDateTime().toString({ smallestUnit: 'minute' })}${offset}`);
        expect([last.offset, last.hour]).toEqual([start.offset, start.hour]);
        const isCut = windowAt(endMs, zone, 'hour').key.slice(-3) !== key.slice(-3) || start.minute !== 0;
        if (!isCut) expect(endMs - startMs).toBe(HOUR_MS);
      }),
    );
  });

  it('are as far apart as they are counted, also over an hour that is cut short', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...granularities), moments, (zone, granularity, at) => {
        const length = granularity === 'day' ? 24 * HOUR_MS : HOUR_MS;
        const row = windowsBetween(at, at + 6 * length, zone, granularity);
        row.forEach((window, to) => {
          row.forEach((other, from) => {
            expect(shiftWindow(other, to - from, zone, granularity)).toEqual(window);
          });
        });
      }),
    );
  });

  it('are half an hour where the clocks of Lord Howe Island change by one', () => {
    const minutes = (around: number) =>
      windowsBetween(around - HOUR_MS, around + HOUR_MS, 'Australia/Lord_Howe', 'hour').map(
        ({ key, startMs, endMs }) => [key, (endMs - startMs) / 60_000],
      );

    expect(minutes(BACK)).toEqual([
      ['1996-03-31T01:00+11:00', 60],
      ['1996-03-31T01:30+10:30', 30],
      ['1996-03-31T02:00+10:30', 60],
    ]);
    expect(minutes(ON)).toEqual([
      ['1996-10-27T01:00+10:30', 60],
      ['1996-10-27T02:30+11:00', 30],
      ['1996-10-27T03:00+11:00', 60],
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reference } from '../../src/domain/profile.ts';
import { referenceStep } from '../../src/statistics/reference-schedule.ts';

const DAY_MS = 86_400_000;
const day = (index: number) => index * DAY_MS;
const days = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => day(from + i));

/** Walks through `count` days that are all healthy but for `sick`, as a run does; the references it builds. */
function walk(count: number, sick: readonly number[] = []): (Reference & { readonly of: readonly number[] })[] {
  const built: (Reference & { of: readonly number[] })[] = [];
  for (let index = 0; index < count; ) {
    const healthy = days(0, index).filter((start) => !sick.includes(start / DAY_MS));
    const step = referenceStep(day(index), healthy, { references: built, granularity: 'day' });
    if (step.build !== undefined) {
      const of = step.build.map((start) => start / DAY_MS);
      built.push({ version: built.length + 1, builtAt: 0, appliesFromMs: day(index), windows: of.length, of });
    }
    index += step.windows;
  }
  return built;
}

describe('the schedule of references', () => {
  it('builds the first of seven days, leaving the newest three out, and full ones from then on', () => {
    const built = walk(100);

    expect(built.map(({ appliesFromMs, of }) => [appliesFromMs / DAY_MS, of[0], of.at(-1)])).toEqual([
      [10, 0, 6],
      [31, 0, 27],
      [59, 28, 55],
      [87, 56, 83],
    ]);
  });

  it('leaves anomalous windows out and waits for as many healthy ones', () => {
    const built = walk(20, [2, 3]);

    expect(built.map(({ appliesFromMs, of }) => [appliesFromMs / DAY_MS, of])).toEqual([[12, [0, 1, 4, 5, 6, 7, 8]]]);
  });

  it('meets the same reference when a window is computed again', () => {
    const built = walk(100);

    for (let index = 0; index < 100; index += 1) {
      const then = built.findLast(({ appliesFromMs }) => appliesFromMs <= day(index));
      const step = referenceStep(day(index), days(0, 100), { references: built, granularity: 'day' });
      if (index < 87) expect(step.build).toBeUndefined();
      expect(step.current).toBe(then);
      expect(step.windows).toBeGreaterThanOrEqual(1);
    }
  });

  it('builds nothing for windows before the first reference', () => {
    const references = [{ version: 1, builtAt: 0, appliesFromMs: day(50), windows: 28 }];

    const step = referenceStep(day(40), days(0, 40), { references, granularity: 'day' });

    expect(step).toEqual({ current: undefined, build: undefined, windows: 10 });
  });

  it('never takes a window that is new, and always moves on', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(119), { maxLength: 60 }), (sick) => {
        for (const { appliesFromMs, of } of walk(120, sick)) {
          expect(of.length).toBeGreaterThanOrEqual(7);
          expect(of.length).toBeLessThanOrEqual(28);
          expect(Math.max(...of)).toBeLessThan(appliesFromMs / DAY_MS - 3);
          expect(of.filter((each) => sick.includes(each))).toEqual([]);
        }
      }),
    );
  });

  it('covers as many days of hours as of days', () => {
    const hours = Array.from({ length: 240 }, (_, i) => i * 3_600_000);

    const step = referenceStep(240 * 3_600_000, hours, { references: [], granularity: 'hour' });

    expect(step.build).toEqual(hours.slice(0, 168));
  });
});

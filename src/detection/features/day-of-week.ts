import { DriftbellError } from '../../domain/errors.ts';

export const DAYS_PER_WEEK = 7;

/** Writes Monday = slot 0 ... Sunday = slot 6 as one 1 among seven 0 at `offset` of `target`. */
export function writeDayOfWeek(dayOfWeek: number, target: Float32Array, offset: number): void {
  if (!Number.isInteger(dayOfWeek) || dayOfWeek < 0 || dayOfWeek >= DAYS_PER_WEEK) {
    throw new DriftbellError('series.invalid', {
      expected: 'a day of the week from 0 (Monday) to 6 (Sunday)',
      received: String(dayOfWeek),
      remedy: 'derive the day of the week from the start of the window',
    });
  }
  target.fill(0, offset, offset + DAYS_PER_WEEK);
  target[offset + dayOfWeek] = 1;
}

export function dayOfWeekOneHot(dayOfWeek: number): Float32Array {
  const slots = new Float32Array(DAYS_PER_WEEK);
  writeDayOfWeek(dayOfWeek, slots, 0);
  return slots;
}

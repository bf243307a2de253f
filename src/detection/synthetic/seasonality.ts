import type { Draws } from './draws.ts';

/**
 * Weekly shapes as a function of the window number t and a phase. The first four are the reference generator's; the
 * last two are ours, because real weeks are seldom waves.
 *
 * sine:     sin(2 pi t / p + phase), -1 .. 1
 * square:   1 if that sine > 0.01 else -1
 * triangle: abs((2 t / p + phase) mod 2 - 1), 0 .. 1 (here the phase is no angle)
 * constant: 0
 * weekend:  -1 on one or two days of the week, else 1
 * profile:  seven heights, uniform in -1 .. 1
 *
 * p: period in windows, 7 unless the options name another. Source: the released code's synthetic data. Edge cases: the square's threshold keeps sin(0) = 0 on the low side.
 */
export const referenceKinds = ['constant', 'triangle', 'square', 'sine'] as const;
export const seasonalKinds = [...referenceKinds, 'weekend', 'profile'] as const;
export type SeasonalKind = (typeof seasonalKinds)[number];

export const WEEK_WINDOWS = 7;
const SQUARE_THRESHOLD = 0.01;
const LONGEST_WEEKEND = 2;

export type WeeklyShape = (t: number) => number;

/** Only `weekend` and `profile` draw; the others follow from the phase. */
export function drawShape(kind: SeasonalKind, phase: number, draws: Draws, period = WEEK_WINDOWS): WeeklyShape {
  if (kind === 'profile') return repeating(Array.from({ length: WEEK_WINDOWS }, () => 2 * draws.uniform() - 1));
  if (kind === 'weekend') return drawWeekend(draws);
  return (t) => waveValue(kind, t, phase, period);
}

export function waveValue(
  kind: (typeof referenceKinds)[number],
  t: number,
  phase: number,
  period = WEEK_WINDOWS,
): number {
  const wave = Math.sin((2 * Math.PI * t) / period + phase);
  if (kind === 'sine') return wave;
  if (kind === 'square') return wave > SQUARE_THRESHOLD ? 1 : -1;
  if (kind === 'triangle') return Math.abs((((2 * t) / period + phase) % 2) - 1);
  return 0;
}

function drawWeekend(draws: Draws): WeeklyShape {
  const first = draws.integer(0, WEEK_WINDOWS - 1);
  const length = draws.integer(1, LONGEST_WEEKEND);
  return (t) => ((t - first + WEEK_WINDOWS) % WEEK_WINDOWS < length ? -1 : 1);
}

function repeating(heights: readonly number[]): WeeklyShape {
  return (t) => heights[t % WEEK_WINDOWS] ?? 0;
}

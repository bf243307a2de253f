/**
 * The four weekly shapes of the reference generator, as a function of the window number t and a phase.
 *
 * sine:     sin(2 pi t / 7 + phase), -1 .. 1
 * square:   1 if that sine > 0.01 else -1
 * triangle: abs((2 t / 7 + phase) mod 2 - 1), 0 .. 1 (here the phase is no angle)
 * constant: 0
 *
 * Source: the released code's synthetic data. Edge cases: the square's threshold keeps sin(0) = 0 on the low side.
 */
export const seasonalKinds = ['constant', 'triangle', 'square', 'sine'] as const;
export type SeasonalKind = (typeof seasonalKinds)[number];

const PERIOD_WINDOWS = 7;
const SQUARE_THRESHOLD = 0.01;

export function seasonalValue(kind: SeasonalKind, t: number, phase: number): number {
  const wave = Math.sin((2 * Math.PI * t) / PERIOD_WINDOWS + phase);
  if (kind === 'sine') return wave;
  if (kind === 'square') return wave > SQUARE_THRESHOLD ? 1 : -1;
  if (kind === 'triangle') return Math.abs((((2 * t) / PERIOD_WINDOWS + phase) % 2) - 1);
  return 0;
}

import type { SpreadFloor } from '../settings.ts';

/**
 * Per-window normalisation: each history is brought to zero mean and unit spread by its own numbers, so that one
 * network serves all scales and no future value leaks in.
 *
 * mean = sum(x) / n; spread = max(sqrt(sum((x - mean)^2) / n), floor); z = (x - mean) / spread
 *
 * x: the history without its newest windows, in the units of the series. Source: AlerTiger, section 3.2 (the paper
 * names no floor, the released code uses 0.01). Edge cases: a constant history has spread = floor and z = 0; an
 * all-zero history gives a relative floor nothing to be relative to and gets ZERO_HISTORY_SPREAD.
 */
export interface WindowScale {
  readonly mean: number;
  readonly spread: number;
}

/** The released code's floor: rates that were always 0 stay quiet up to about two percent. */
export const ZERO_HISTORY_SPREAD = 0.01;

export function measureWindow(history: ArrayLike<number>, floor: SpreadFloor): WindowScale {
  let sum = 0;
  let largest = 0;
  for (let index = 0; index < history.length; index += 1) {
    const value = history[index] ?? Number.NaN;
    sum += value;
    largest = Math.max(largest, Math.abs(value));
  }
  const mean = sum / history.length;
  let squares = 0;
  for (let index = 0; index < history.length; index += 1) {
    squares += ((history[index] ?? Number.NaN) - mean) ** 2;
  }
  return { mean, spread: Math.max(Math.sqrt(squares / history.length), leastSpread(floor, largest)) };
}

export function normalise(value: number, scale: WindowScale): number {
  return (value - scale.mean) / scale.spread;
}

export function denormalise(normalised: number, scale: WindowScale): number {
  return normalised * scale.spread + scale.mean;
}

function leastSpread(floor: SpreadFloor, largest: number): number {
  if (floor.kind === 'absolute') return floor.size;
  return largest === 0 ? ZERO_HISTORY_SPREAD : floor.size * largest;
}

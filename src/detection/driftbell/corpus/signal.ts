import { type Draws, drawBetween, drawLogBetween } from '../../synthetic/draws.ts';
import { drawStudent } from './distributions.ts';

/**
 * What most families are made of: a week, a trend and noise, in units of the noise.
 *
 * signal(t) = a * week((t + phase) mod 7) + s * t + e(t); e(t) = r e(t - 1) + sqrt(1 - r^2) u(t)
 *
 * a: 0 (a third of the series) or up to 15; week: seven heights, a weekend, or a wave; s: mostly 0, else up to 0.08 a
 * window; r: 0..0.7; u: normal, or Student where the family is heavy-tailed.
 */
export interface SignalOptions {
  readonly windows: number;
  /** Degrees of freedom of the noise; absent: normal. */
  readonly tailDegrees?: number;
}

const DAYS = 7;
const MOST_WEEK = 15;
const MOST_SLOPE = 0.08;
const MOST_CORRELATION = 0.7;
const FLAT_SHARE = 1 / 3;
const TREND_SHARE = 0.3;
const CORRELATED_SHARE = 0.5;

export function drawSignal(draws: Draws, { windows, tailDegrees }: SignalOptions): Float64Array {
  const week = drawWeek(draws);
  const size = draws.uniform() < FLAT_SHARE ? 0 : drawLogBetween(draws, { from: 0.3, to: MOST_WEEK });
  const slope = draws.uniform() < TREND_SHARE ? drawBetween(draws, { from: -MOST_SLOPE, to: MOST_SLOPE }) : 0;
  const correlation = draws.uniform() < CORRELATED_SHARE ? drawBetween(draws, { from: 0, to: MOST_CORRELATION }) : 0;
  const fresh = Math.sqrt(1 - correlation ** 2);
  const signal = new Float64Array(windows);
  let noise = 0;
  for (let t = 0; t < windows; t += 1) {
    const shock = tailDegrees === undefined ? draws.normal() : drawStudent(draws, tailDegrees);
    noise = t === 0 ? shock : correlation * noise + fresh * shock;
    signal[t] = size * (week[t % DAYS] ?? 0) + slope * t + noise;
  }
  return signal;
}

/** Seven heights of mean 0 and at most about 1. */
function drawWeek(draws: Draws): Float64Array {
  const lot = draws.integer(0, 2);
  const phase = draws.integer(0, DAYS - 1);
  const shift = draws.uniform() * 2 * Math.PI;
  const heights = Float64Array.from({ length: DAYS }, (_, day) => {
    if (lot === 0) return drawBetween(draws, { from: -1, to: 1 });
    if (lot === 1) return (day + phase) % DAYS < 2 ? -1 : 0.4;
    return Math.sin((2 * Math.PI * day) / DAYS + shift);
  });
  const mean = heights.reduce((sum, height) => sum + height, 0) / DAYS;
  return heights.map((height) => height - mean);
}

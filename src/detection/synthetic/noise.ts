import { type Draws, drawBetween } from './draws.ts';
import type { GeneratorOptions } from './generator-options.ts';

/**
 * Noise of one series with a given standard deviation: independent normal numbers in the reference corpus; optionally
 * autocorrelated and heavy-tailed.
 *
 * e[t] = r * e[t - 1] + sqrt(1 - r^2) * s * u[t]; u standard normal, or Student scaled to unit variance
 *
 * r: autocorrelation; s: standard deviation in the units of the series. Student: normal / sqrt(chi2(k) / k), chi2 as a
 * sum of k squared normals, so k is a whole number and at least 3 for a variance to exist.
 */
export function drawNoise(
  count: number,
  deviation: number,
  options: Pick<GeneratorOptions, 'autocorrelation' | 'tailDegrees'>,
  draws: Draws,
): Float64Array {
  const correlation = drawBetween(draws, options.autocorrelation);
  const degrees = options.tailDegrees === null ? null : draws.integer(options.tailDegrees.from, options.tailDegrees.to);
  const fresh = Math.sqrt(1 - correlation ** 2);
  const noise = new Float64Array(count);
  let previous = 0;
  for (let t = 0; t < count; t += 1) {
    const shock = deviation * (degrees === null ? draws.normal() : drawStudent(draws, degrees));
    previous = t === 0 ? shock : correlation * previous + fresh * shock;
    noise[t] = previous;
  }
  return noise;
}

function drawStudent(draws: Draws, degrees: number): number {
  let squares = 0;
  for (let index = 0; index < degrees; index += 1) squares += draws.normal() ** 2;
  const student = draws.normal() / Math.sqrt(squares / degrees);
  return student * Math.sqrt((degrees - 2) / degrees);
}

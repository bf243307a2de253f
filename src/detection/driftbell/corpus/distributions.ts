import type { Draws } from '../../synthetic/draws.ts';

/**
 * Random numbers of the usual distributions from a seeded stream.
 *
 * gamma(k): Marsaglia and Tsang (2000); below k = 1: gamma(k + 1) * u^(1 / k)
 * Poisson(m): products of uniforms below POISSON_EXACT (Knuth), above it the rounded normal m + sqrt(m) z
 * binomial(n, p): Poisson of the rarer side while its mean is small, else the rounded normal; kept within 0..n
 * Student(k): z / sqrt(gamma(k / 2) / (k / 2)); heavy below k = 5, without a variance at 2
 *
 * The approximations are for making series, not for testing them. Edge cases: means of 0 give 0.
 */
const POISSON_EXACT = 40;

export function drawGamma(draws: Draws, shape: number): number {
  if (shape < 1) return drawGamma(draws, shape + 1) * (1 - draws.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = draws.normal();
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(1 - draws.uniform()) < z * z * 0.5 + d * (1 - v + Math.log(v))) return d * v;
  }
}

export function drawPoisson(draws: Draws, mean: number): number {
  if (mean > POISSON_EXACT) return Math.max(0, Math.round(mean + Math.sqrt(mean) * draws.normal()));
  const limit = Math.exp(-mean);
  let product = draws.uniform();
  let count = 0;
  while (product > limit) {
    product *= draws.uniform();
    count += 1;
  }
  return count;
}

export function drawBinomial(draws: Draws, trials: number, share: number): number {
  if (share > 0.5) return trials - drawBinomial(draws, trials, 1 - share);
  const mean = trials * share;
  const count =
    mean < POISSON_EXACT ? drawPoisson(draws, mean) : Math.round(mean + Math.sqrt(mean * (1 - share)) * draws.normal());
  return Math.min(trials, Math.max(0, count));
}

export function drawStudent(draws: Draws, degrees: number): number {
  return draws.normal() / Math.sqrt(drawGamma(draws, degrees / 2) / (degrees / 2));
}

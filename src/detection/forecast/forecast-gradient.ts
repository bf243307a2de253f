import type { LossWeights } from './forecast-loss.ts';

/**
 * The forecast loss of a batch and its gradient with respect to the three raw heads and the irregularity layer; what
 * training runs. `forecastLoss` is its plain reference.
 *
 * f = sigmoid(w * irregularity + b); lower = base + (h1 - base) f; upper = base + (h2 - base) f
 * L = (1 / n) sum m (s^2 (y - base)^2 + lambda s (pinball(y - lower) + pinball(y - upper)))
 * dpinball(e, tau)/dq = -tau where e > 0, else 1 - tau
 *
 * heads: n x 3 raw outputs; y: values; m: 1 - label; s: units of the loss per normalised unit (1 for the paper).
 * Edge cases: a masked row has zero gradient; at e = 0 the right-hand slope is taken.
 */
export interface ForecastBatch {
  readonly heads: Float32Array;
  readonly irregularity: Float32Array;
  readonly targets: Float32Array;
  readonly labels: Uint8Array;
  readonly lossScales: Float32Array;
}

export interface ForecastGradient {
  readonly loss: number;
  /** n x 3 */
  readonly heads: Float32Array;
  readonly slope: number;
  readonly intercept: number;
}

export function forecastGradient(
  batch: ForecastBatch,
  irregularityLayer: { readonly slope: number; readonly intercept: number },
  weights: LossWeights,
): ForecastGradient {
  const count = batch.targets.length;
  const heads = new Float32Array(count * 3);
  let loss = 0;
  let slope = 0;
  let intercept = 0;
  for (let row = 0; row < count; row += 1) {
    if (batch.labels[row] === 1) continue;
    const base = batch.heads[row * 3] ?? 0;
    const rawLower = (batch.heads[row * 3 + 1] ?? 0) - base;
    const rawUpper = (batch.heads[row * 3 + 2] ?? 0) - base;
    const score = batch.irregularity[row] ?? 0;
    const factor = 1 / (1 + Math.exp(-(irregularityLayer.slope * score + irregularityLayer.intercept)));
    const scale = batch.lossScales[row] ?? 1;
    const error = (batch.targets[row] ?? 0) - base;
    const lowerError = error - rawLower * factor;
    const upperError = error - rawUpper * factor;
    const band = (weights.bandWeight * scale) / count;
    const lowerSlope = band * pinballSlope(lowerError, weights.lowerQuantile);
    const upperSlope = band * pinballSlope(upperError, weights.upperQuantile);
    loss += (scale * error) ** 2 / count;
    loss -= pinballSlope(lowerError, weights.lowerQuantile) * band * lowerError;
    loss -= pinballSlope(upperError, weights.upperQuantile) * band * upperError;
    heads[row * 3] = (-2 * scale * scale * error) / count + (lowerSlope + upperSlope) * (1 - factor);
    heads[row * 3 + 1] = lowerSlope * factor;
    heads[row * 3 + 2] = upperSlope * factor;
    const factorSlope = (lowerSlope * rawLower + upperSlope * rawUpper) * factor * (1 - factor);
    slope += factorSlope * score;
    intercept += factorSlope;
  }
  return { loss, heads, slope, intercept };
}

/** Slope of the pinball loss in the predicted quantile; the loss itself is minus this slope times the error. */
function pinballSlope(error: number, quantile: number): number {
  return error > 0 ? -quantile : 1 - quantile;
}

import { sigmoid } from '../classify/classifier-gradient.ts';
import { BAND_HEADS, softplus } from './band.ts';
import type { DriftbellSettings } from './settings.ts';

/**
 * The loss of a batch of bands and its gradient in the raw outputs: three pinball losses, in the units of the inputs.
 *
 * L = (1 / n) sum m (pinball(y - c, 1/2) + w (pinball(y - l, tl) + pinball(y - u, tu)))
 * c = h0; l = h0 - softplus(h1); u = h0 + softplus(h2); dsoftplus/dh = sigmoid(h)
 * dpinball(e, t)/dq = -t where e > 0, else 1 - t
 *
 * y: the value as an input; m: 1 - label; w: tailWeight. Edge cases: a masked row has zero gradient.
 */
export function bandGradient(
  heads: Float32Array,
  targets: Float32Array,
  labels: Uint8Array,
  settings: Pick<DriftbellSettings, 'lowerQuantile' | 'upperQuantile' | 'tailWeight'>,
): { readonly loss: number; readonly heads: Float32Array } {
  const count = targets.length;
  const gradient = new Float32Array(count * BAND_HEADS);
  let loss = 0;
  for (let row = 0; row < count; row += 1) {
    if (labels[row] === 1) continue;
    const at = row * BAND_HEADS;
    const down = heads[at + 1] ?? 0;
    const up = heads[at + 2] ?? 0;
    const error = (targets[row] ?? 0) - (heads[at] ?? 0);
    const lowerError = error + softplus(down);
    const upperError = error - softplus(up);
    const middle = slopeOf(error, MEDIAN) / count;
    const lower = (settings.tailWeight * slopeOf(lowerError, settings.lowerQuantile)) / count;
    const upper = (settings.tailWeight * slopeOf(upperError, settings.upperQuantile)) / count;
    loss -= middle * error + lower * lowerError + upper * upperError;
    gradient[at] = middle + lower + upper;
    gradient[at + 1] = -lower * sigmoid(down);
    gradient[at + 2] = upper * sigmoid(up);
  }
  return { loss, heads: gradient };
}

const MEDIAN = 0.5;

/** Slope of the pinball loss in the predicted quantile; the loss is minus this slope times the error. */
function slopeOf(error: number, quantile: number): number {
  return error > 0 ? -quantile : 1 - quantile;
}

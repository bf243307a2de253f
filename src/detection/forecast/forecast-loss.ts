/**
 * Stage 1's loss: squared error of the baseline plus lambda times the pinball losses of both bounds; windows labelled
 * anomalous count as rows but add nothing, so that the band does not learn anomalies.
 *
 * loss = (1 / n) * sum over i of (1 - label[i]) * ((y - baseline)^2 + lambda * (pinball(lower) + pinball(upper)))
 * pinball(q, tau) = max(tau * (y - q), (tau - 1) * (y - q))
 *
 * y, baseline, lower, upper in one unit; tau 0..1. Source: AlerTiger, section 3.2; averaging over masked rows as in
 * the released code. Edge cases: no rows give NaN.
 */
export interface LossRow {
  readonly value: number;
  readonly label: 0 | 1;
  readonly baseline: number;
  readonly lower: number;
  readonly upper: number;
}

export interface LossWeights {
  readonly lowerQuantile: number;
  readonly upperQuantile: number;
  readonly bandWeight: number;
}

export function forecastLoss(rows: readonly LossRow[], weights: LossWeights): number {
  let sum = 0;
  for (const row of rows) {
    const centre = (row.value - row.baseline) ** 2;
    const band =
      pinball(row.value - row.lower, weights.lowerQuantile) + pinball(row.value - row.upper, weights.upperQuantile);
    sum += (1 - row.label) * (centre + weights.bandWeight * band);
  }
  return sum / rows.length;
}

/** `error` is value minus predicted quantile. */
export function pinball(error: number, quantile: number): number {
  return Math.max(quantile * error, (quantile - 1) * error);
}

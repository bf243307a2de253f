import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifierGradient } from '../../src/detection/classify/classifier-gradient.ts';
import { type ForecastBatch, forecastGradient } from '../../src/detection/forecast/forecast-gradient.ts';
import { forecastLoss, type LossRow, pinball } from '../../src/detection/forecast/forecast-loss.ts';

const fixture: readonly LossRow[] = [0.1, 0.1, 0.1, 1, 1].map((value, index) => ({
  value,
  label: index >= 3 ? 1 : 0,
  baseline: 0,
  lower: -0.5,
  upper: 0.5,
}));

describe('forecast loss', () => {
  // Three clean rows of five: squared error 3 * 0.01 / 5 = 0.006, pinballs 3 * 0.6 * tau / 5 and 3 * 0.4 * tau / 5.
  it('is 0.006 + 0.0018 + 0.0012 for the released quantiles', () => {
    expect(forecastLoss(fixture, { lowerQuantile: 0.005, upperQuantile: 0.995, bandWeight: 1 })).toBeCloseTo(0.009, 12);
  });

  it('is 0.006 + 0.009 + 0.006 for the quantiles of the paper', () => {
    expect(forecastLoss(fixture, { lowerQuantile: 0.025, upperQuantile: 0.975, bandWeight: 1 })).toBeCloseTo(0.021, 12);
  });

  it('does not see the values of anomalous windows', () => {
    const wild = fixture.map((row) => (row.label === 1 ? { ...row, value: 1e6 } : row));
    const weights = { lowerQuantile: 0.025, upperQuantile: 0.975, bandWeight: 1 };

    expect(forecastLoss(wild, weights)).toBe(forecastLoss(fixture, weights));
  });

  it('is least at the quantile of the values', () => {
    const values = Array.from({ length: 101 }, (_, index) => index);
    const total = (bound: number) => values.reduce((sum, value) => sum + pinball(value - bound, 0.9), 0);

    expect(total(90)).toBeLessThan(total(88));
    expect(total(90)).toBeLessThan(total(92));
  });
});

describe('gradients', () => {
  const weights = { lowerQuantile: 0.025, upperQuantile: 0.975, bandWeight: 1 };
  const STEP = 1e-3;

  it('of the forecast follow finite differences of the plain loss', () => {
    const unit = fc.integer({ min: -2_000, max: 2_000 }).map((thousandths) => thousandths / 1_000);
    fc.assert(
      fc.property(fc.array(unit, { minLength: 12, maxLength: 12 }), unit, unit, (numbers, slope, intercept) => {
        const batch = batchOf(numbers);
        const layer = { slope, intercept };
        fc.pre(isSmooth(batch, layer));
        const result = forecastGradient(batch, layer, weights);

        expect(result.loss).toBeCloseTo(plainLoss(batch, layer), 5);
        batch.heads.forEach((_, index) => {
          const change = (by: number) => ({ ...batch, heads: batch.heads.map((v, i) => (i === index ? v + by : v)) });
          const estimate = (plainLoss(change(STEP), layer) - plainLoss(change(-STEP), layer)) / (2 * STEP);
          expect(result.heads[index]).toBeCloseTo(estimate, 2);
        });
        const bySlope =
          plainLoss(batch, { slope: slope + STEP, intercept }) - plainLoss(batch, { slope: slope - STEP, intercept });
        expect(result.slope).toBeCloseTo(bySlope / (2 * STEP), 2);
      }),
    );
  });

  it('of the classifier are probability minus label, without overflow', () => {
    const result = classifierGradient(Float32Array.of(0, 1000, -1000, 1000), Uint8Array.of(1, 1, 0, 0));

    expect(result.loss).toBeCloseTo((Math.log(2) + 0 + 0 + 1000) / 4, 3);
    expect([...result.logits]).toEqual([-0.125, 0, 0, 0.25]);
  });

  function batchOf(numbers: readonly number[]): ForecastBatch {
    return {
      heads: Float32Array.from(numbers.slice(0, 9)),
      irregularity: Float32Array.of(0.2, 0.7, 1.5),
      targets: Float32Array.from(numbers.slice(9)),
      labels: Uint8Array.of(0, 0, 1),
      lossScales: new Float32Array(3).fill(1),
    };
  }

  function rowsOf(batch: ForecastBatch, layer: { slope: number; intercept: number }): LossRow[] {
    return Array.from(batch.targets, (value, row) => {
      const baseline = batch.heads[row * 3] ?? 0;
      const factor = 1 / (1 + Math.exp(-(layer.slope * (batch.irregularity[row] ?? 0) + layer.intercept)));
      return {
        value,
        label: batch.labels[row] === 1 ? 1 : 0,
        baseline,
        lower: baseline + ((batch.heads[row * 3 + 1] ?? 0) - baseline) * factor,
        upper: baseline + ((batch.heads[row * 3 + 2] ?? 0) - baseline) * factor,
      };
    });
  }

  function plainLoss(batch: ForecastBatch, layer: { slope: number; intercept: number }): number {
    return forecastLoss(rowsOf(batch, layer), weights);
  }

  /** Away from the kinks of the pinball losses, where a finite difference means nothing. */
  function isSmooth(batch: ForecastBatch, layer: { slope: number; intercept: number }): boolean {
    return rowsOf(batch, layer).every((row) => {
      return Math.abs(row.value - row.lower) > 0.02 && Math.abs(row.value - row.upper) > 0.02;
    });
  }
});

import { describe, expect, it } from 'vitest';
import { evidenceScore } from '../../../src/detection/driftbell/evidence-score.ts';
import {
  createCellFinder,
  fitCalibration,
  fitPareto,
  fitTail,
  type HealthySeverity,
  LEAST_WINDOWS,
  tailProbability,
} from '../../../src/detection/driftbell/tail-calibration.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';

const random = createSeededRandom(1);
/** Severities of |normal| values whose band holds 95 %. */
const normal = Float64Array.from({ length: 50_000 }, () => Math.abs(random.normal()) / 1.96);

describe('tail probabilities', () => {
  it('are what is seen, up to the rarest that can be counted', () => {
    const cell = fitTail(normal);

    for (const severity of [0.3, 0.8, 1, 1.2, 1.5, 1.7]) {
      const share = normal.filter((value) => value >= severity).length / normal.length;
      expect(tailProbability(severity, cell) / share).toBeGreaterThan(0.8);
      expect(tailProbability(severity, cell) / share).toBeLessThan(1.25);
    }
  });

  it('fall with severity, from 1 and never to 0', () => {
    const cell = fitTail(normal);
    const tails = Array.from({ length: 200 }, (_, step) => tailProbability(step / 10, cell));

    expect(tails[0]).toBe(1);
    tails.forEach((tail, at) => {
      if (at > 0) expect(tail).toBeLessThanOrEqual(tails[at - 1] ?? 1);
      expect(tail).toBeGreaterThan(0);
    });
  });

  it.each([0.1, 0.3, 0.5])('find the shape %f of a Pareto tail again', (shape) => {
    const excesses = Float64Array.from({ length: 20_000 }, () => {
      return (2 * ((1 - random.uniform()) ** -shape - 1)) / shape;
    }).sort();

    const fitted = fitPareto(excesses);

    expect(fitted.shapeParameter).toBeGreaterThan(shape - 0.12);
    expect(fitted.shapeParameter).toBeLessThan(shape + 0.12);
    expect(fitted.scaleParameter).toBeGreaterThan(1.6);
    expect(fitted.scaleParameter).toBeLessThan(2.4);
  });

  it('take the nearest cell that is known well enough', () => {
    const healthy: HealthySeverity[] = [
      ...Array.from(
        normal.subarray(0, LEAST_WINDOWS),
        (severity) => ({ kind: 'rate', shape: 'calm', severity }) as const,
      ),
      ...Array.from(normal.subarray(0, 50), (severity) => ({ kind: 'count', shape: 'calm', severity }) as const),
    ];
    const find = createCellFinder(fitCalibration(healthy), { calibratesByKind: true });

    expect(find('rate', 'calm')).toMatchObject({ kind: 'rate', shape: 'calm' });
    expect(find('count', 'calm')).not.toHaveProperty('kind');
    expect(find('level', 'spiky')).not.toHaveProperty('shape');
    const pooled = createCellFinder(fitCalibration(healthy), { calibratesByKind: false });
    expect(pooled('rate', 'calm')).not.toHaveProperty('kind');
  });

  it('make a score that says at most what the evidence allows', () => {
    expect(evidenceScore(1)).toBeCloseTo(0.02);
    expect(evidenceScore(1e-3)).toBeCloseTo(0.52, 2);
    expect(evidenceScore(0)).toBe(1);
    expect(evidenceScore(1e-9)).toBeGreaterThan(0.99);
  });
});

import { describe, expect, it } from 'vitest';
import { forecastRows } from '../../src/detection/forward-pass.ts';
import { drawWeights } from '../../src/detection/initial-weights.ts';
import { classifierLayers, forecastLayers, parameterCount } from '../../src/detection/network-layout.ts';
import { detectorSettings } from '../../src/detection/settings.ts';
import { createSeededRandom } from '../../src/platform/random.ts';

const { paper, code } = detectorSettings;

describe('network layout', () => {
  it('has the parameters of the paper and of the released code', () => {
    expect(parameterCount(forecastLayers(paper))).toBe(970);
    expect(parameterCount(forecastLayers({ ...paper, historyWindows: 14 }))).toBe(718);
    expect(parameterCount(forecastLayers(code))).toBe(1_466);
    expect(parameterCount(classifierLayers(code))).toBe(389);
  });

  it('starts from seeded weights within the limits of each layer, biases 0', () => {
    const layers = forecastLayers(paper);

    const weights = drawWeights(layers, createSeededRandom(1));

    expect(drawWeights(layers, createSeededRandom(1))).toEqual(weights);
    const first = weights.subarray(0, 32 * 18);
    expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 50));
    expect([...weights.subarray(32 * 18, 32 * 18 + 18)]).toEqual(new Array(18).fill(0));
  });
});

describe('forward pass', () => {
  it('scales the band around the baseline by the irregularity factor', () => {
    const layers = forecastLayers(paper);
    const forecast = new Float32Array(parameterCount(layers));
    // Only the biases of the three heads speak: raw outputs 1, -1, 5; the last two numbers are the irregularity layer.
    forecast.set([1, -1, 5, 2, -1], forecast.length - 5);

    const heads = forecastRows(
      new Float32Array(32),
      Float32Array.of(0.5),
      { forecast, classifier: new Float32Array() },
      paper,
    );

    // 2 * 0.5 - 1 = 0, sigmoid = 0.5: bounds move half way to the baseline.
    expect([...heads]).toEqual([1, 0, 3]);
  });
});

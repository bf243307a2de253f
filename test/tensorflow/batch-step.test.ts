import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawWeights } from '../../src/detection/initial-weights.ts';
import { classifierLayers, classifierWidth, forecastLayers } from '../../src/detection/network-layout.ts';
import { detectorSettings } from '../../src/detection/settings.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { startBackend } from '../../src/tensorflow/backend.ts';
import { type BatchStep, chooseSteps, plainSteps, tensorSteps } from '../../src/tensorflow/batch-step.ts';

beforeAll(() => startBackend('wasm'));

const random = createSeededRandom(1);
const drawn = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal());

/** Outputs and gradient of one step, for slopes that do not depend on the outputs. */
function run(step: BatchStep, weights: Float32Array, inputs: Float32Array, slopes: Float32Array, rows: number) {
  const gradient = new Float32Array(weights.length).fill(Number.NaN);
  let outputs = new Float32Array();
  step(
    { weights, inputs, rows },
    (given) => {
      outputs = given.slice();
      return slopes;
    },
    gradient,
  );
  return { outputs, gradient };
}

describe.each(['paper', 'code'] as const)('a batch of %s', (name) => {
  const settings = detectorSettings[name];
  // Biases are drawn too: layers that start at 0 would hide a mistake in them.
  const forecast = drawWeights(forecastLayers(settings), random).map((weight) => weight + 0.1 * random.normal());
  const classifier = drawWeights(classifierLayers(settings), random).map((weight) => weight + 0.1 * random.normal());

  it.each([1, 8, 30, 32])('has the same outputs and gradients in typed arrays as in tensors: %d rows', (rows) => {
    const inputs = drawn(rows * 32);
    const slopes = drawn(rows * 3);
    const deviations = drawn(rows * classifierWidth(settings));
    const logitSlopes = drawn(rows);

    const plain = plainSteps(settings);
    const tensors = tensorSteps(settings);

    for (const [a, b, layers] of [
      [
        run(plain.forecast, forecast, inputs, slopes, rows),
        run(tensors.forecast, forecast, inputs, slopes, rows),
        // The irregularity layer has its gradient from the loss.
        forecast.length - 2,
      ],
      [
        run(plain.classifier, classifier, deviations, logitSlopes, rows),
        run(tensors.classifier, classifier, deviations, logitSlopes, rows),
        classifier.length,
      ],
    ] as const) {
      expect(largestDifference(a.outputs, b.outputs)).toBeLessThan(1e-4);
      expect(largestDifference(a.gradient.subarray(0, layers), b.gradient.subarray(0, layers))).toBeLessThan(1e-3);
      expect([...a.gradient.subarray(layers)].every(Number.isNaN)).toBe(true);
    }
  });
});

it('takes typed arrays for the 32 rows of the released code and tensors for the 256 of the paper', () => {
  const tensorsMadeBy = (name: 'paper' | 'code') => {
    const settings = detectorSettings[name];
    const inputs = drawn(settings.batchSize * 32);
    const before = tf.engine().state.numDataBuffers;
    let during = 0;
    chooseSteps(settings).forecast(
      { weights: drawWeights(forecastLayers(settings), random), inputs, rows: settings.batchSize },
      () => {
        during = tf.engine().state.numDataBuffers - before;
        return new Float32Array(settings.batchSize * 3);
      },
      new Float32Array(forecastLayers(settings).length * 1_000),
    );
    return during;
  };

  expect(tensorsMadeBy('code')).toBe(0);
  expect(tensorsMadeBy('paper')).toBeGreaterThan(0);
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { forecastRows } from '../../src/detection/forward-pass.ts';
import { drawWeights } from '../../src/detection/initial-weights.ts';
import { type DenseLayer, forecastLayers } from '../../src/detection/network-layout.ts';
import { detectorSettings } from '../../src/detection/settings.ts';
import { createSeededRandom } from '../../src/platform/random.ts';
import { startBackend } from '../../src/tensorflow/backend.ts';
import { backpropagate, runStack, uploadStack } from '../../src/tensorflow/dense-stack.ts';
import { backpropagateForecast, runForecast, uploadForecast } from '../../src/tensorflow/forecast-network.ts';

const ROWS = 5;
/** Wide enough for 32-bit sums, small enough to cross few kinks. */
const STEP = 5e-4;
const OPEN_GATE = 50;

beforeAll(() => startBackend('wasm'));

function drawn(count: number, seed: number): Float32Array {
  const random = createSeededRandom(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** Slopes of `loss` in every weight by central differences. */
function differences(weights: Float32Array, loss: (weights: Float32Array) => number): number[] {
  return Array.from(weights.keys(), (at) => {
    const moved = (by: number) => loss(weights.map((weight, index) => (index === at ? weight + by : weight)));
    return (moved(STEP) - moved(-STEP)) / (2 * STEP);
  });
}

function weightedSum(output: Float32Array, factors: Float32Array): number {
  return output.reduce((sum, value, index) => sum + value * (factors[index] ?? 0), 0);
}

/** Kinks of ReLU between the two points of a difference spoil a few slopes, never most. */
function expectSlopes(actual: Float32Array, expected: readonly number[]): void {
  const off = expected.filter(
    (slope, index) => Math.abs(slope - (actual[index] ?? Number.NaN)) > 0.02 * (1 + Math.abs(slope)),
  );
  expect(off.length).toBeLessThanOrEqual(0.05 * expected.length);
}

describe('dense layers', () => {
  const layers: readonly DenseLayer[] = [
    { name: 'first', inputs: 4, outputs: 6, groups: 1, activation: 'relu' },
    { name: 'grouped', inputs: 6, outputs: 3, groups: 3, activation: 'linear' },
  ];
  const weights = drawWeights(layers, createSeededRandom(1));
  const inputs = drawn(ROWS * 4, 2);
  const factors = drawn(ROWS * 3, 3);

  it('have the gradients that finite differences show, in weights and in inputs', () => {
    const loss = (of: Float32Array, at: Float32Array) =>
      tf.tidy(() => {
        const signals = runStack(uploadStack(layers, of), tf.tensor2d(at, [ROWS, 4]));
        return weightedSum(signals.at(-1)?.dataSync() as Float32Array, factors);
      });
    const gradient = new Float32Array(weights.length);

    const byInputs = tf.tidy(() => {
      const stack = uploadStack(layers, weights);
      const signals = runStack(stack, tf.tensor2d(inputs, [ROWS, 4]));
      const target = { gradient, offset: 0, needsInputGradient: true };
      return backpropagate(stack, signals, tf.tensor2d(factors, [ROWS, 3]), target)?.dataSync() as Float32Array;
    });

    expectSlopes(
      gradient,
      differences(weights, (of) => loss(of, inputs)),
    );
    expectSlopes(
      byInputs,
      differences(inputs, (at) => loss(weights, at)),
    );
  });
});

describe.each(['paper', 'code'] as const)('the forecast network of %s', (configuration) => {
  it('has the gradients that finite differences show', () => {
    const settings = detectorSettings[configuration];
    const weights = drawWeights(forecastLayers(settings), createSeededRandom(4)).map((weight) => weight + 0.05);
    // A large intercept opens the irregularity gate fully: the bounds are the raw heads.
    weights.set([0, OPEN_GATE], weights.length - 2);
    const inputs = drawn(ROWS * 32, 5);
    const factors = drawn(ROWS * 3, 6);
    const gradient = new Float32Array(weights.length);

    tf.tidy(() => {
      const network = uploadForecast(settings, weights);
      const run = runForecast(network, tf.tensor2d(inputs, [ROWS, 32]));
      backpropagateForecast(network, run, tf.tensor2d(factors, [ROWS, 3]), gradient);
    });
    const expected = differences(weights, (of) => {
      const plain = { forecast: of, classifier: new Float32Array() };
      return weightedSum(forecastRows(inputs, new Float32Array(ROWS), plain, settings), factors);
    });

    expectSlopes(gradient, expected);
  });
});

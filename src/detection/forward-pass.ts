import { sigmoid } from './classify/classifier-gradient.ts';
import { inputWidth, usedWindows } from './features/build-features.ts';
import { DAYS_PER_WEEK } from './features/day-of-week.ts';
import {
  classifierLayers,
  classifierWidth,
  type DenseLayer,
  forecastLayers,
  HEADS,
  kernelSize,
  type NetworkWeights,
} from './network-layout.ts';
import type { DetectorSettings } from './settings.ts';

/**
 * Both networks in plain typed arrays: the oracle that TensorFlow.js is compared with, and the way to judge where no
 * backend starts.
 *
 * dense: y[o] = f(b[o] + sum over i of x[i] * k[i][o]), f = relu, sigmoid or nothing
 * band:  bound' = baseline + (bound - baseline) * sigmoid(w * irregularity + b)
 *
 * All numbers are in window-normalised units. Source: AlerTiger, section 3.2 and 3.3. Edge cases: no rows, no output.
 */
export function forecastRows(
  inputs: Float32Array,
  irregularity: Float32Array,
  weights: NetworkWeights,
  settings: DetectorSettings,
): Float32Array {
  const layers = forecastLayers(settings);
  const width = inputWidth(settings);
  const used = usedWindows(settings);
  const heads = new Float32Array(irregularity.length * HEADS);
  for (let row = 0; row < irregularity.length; row += 1) {
    let signal: Float64Array = Float64Array.from(inputs.subarray(row * width, (row + 1) * width));
    const daysOfWeek = signal.subarray(used, used + DAYS_PER_WEEK);
    if (settings.historyUnits.length > 0) signal = signal.subarray(0, used);
    let offset = 0;
    for (const layer of layers.slice(0, -1)) {
      const joins = layer.name === 'shared-1' && settings.historyUnits.length > 0;
      signal = applyDense(layer, joins ? Float64Array.of(...signal, ...daysOfWeek) : signal, weights.forecast, offset);
      offset += kernelSize(layer) + layer.outputs;
    }
    const slope = weights.forecast[offset] ?? 0;
    const intercept = weights.forecast[offset + 1] ?? 0;
    const factor = sigmoid(slope * (irregularity[row] ?? 0) + intercept);
    heads.set(signal, row * HEADS);
    scaleBand(heads, row * HEADS, factor);
  }
  return heads;
}

/** Applies the irregularity factor in place to the raw heads (baseline, lower, upper) at `offset`. */
export function scaleBand(heads: Float32Array, offset: number, factor: number): void {
  const baseline = heads[offset] ?? 0;
  for (const bound of [offset + 1, offset + 2]) heads[bound] = baseline + ((heads[bound] ?? 0) - baseline) * factor;
}

/** Probability of an anomaly for each row of deviations. */
export function classifyRows(
  deviations: Float32Array,
  weights: NetworkWeights,
  settings: DetectorSettings,
): Float32Array {
  const layers = classifierLayers(settings);
  const width = classifierWidth(settings);
  const scores = new Float32Array(deviations.length / width);
  for (let row = 0; row < scores.length; row += 1) {
    let signal: Float64Array = Float64Array.from(deviations.subarray(row * width, (row + 1) * width));
    let offset = 0;
    for (const layer of layers) {
      signal = applyDense(layer, signal, weights.classifier, offset);
      offset += kernelSize(layer) + layer.outputs;
    }
    scores[row] = signal[0] ?? 0;
  }
  return scores;
}

function applyDense(layer: DenseLayer, signal: Float64Array, weights: Float32Array, offset: number): Float64Array {
  const outputs = new Float64Array(layer.outputs);
  const biases = offset + kernelSize(layer);
  const perGroup = layer.inputs / layer.groups;
  const outputsPerGroup = layer.outputs / layer.groups;
  for (let output = 0; output < layer.outputs; output += 1) {
    const first = Math.floor(output / outputsPerGroup) * perGroup;
    let sum = weights[biases + output] ?? 0;
    for (let index = 0; index < perGroup; index += 1) {
      // Grouped kernels are stored head by head; others input by input.
      const at = layer.groups === 1 ? index * layer.outputs + output : output * perGroup + index;
      sum += (signal[first + index] ?? 0) * (weights[offset + at] ?? 0);
    }
    outputs[output] = activate(sum, layer.activation);
  }
  return outputs;
}

function activate(sum: number, activation: DenseLayer['activation']): number {
  if (activation === 'relu') return Math.max(0, sum);
  return activation === 'sigmoid' ? sigmoid(sum) : sum;
}

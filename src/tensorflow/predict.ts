import * as tf from '@tensorflow/tfjs-core';
import {
  buildDeviations,
  buildFeatures,
  classifierLayers,
  classifierWidth,
  type DetectorSettings,
  denormalise,
  type FeatureBatch,
  HEADS,
  type HistoryRows,
  inputWidth,
  type NetworkWeights,
  scaleBand,
  sigmoid,
} from '../detection/index.ts';
import type { JudgementResult } from '../ports/detector.ts';
import { disposeStack, runStack, uploadStack } from './dense-stack.ts';
import { disposeForecast, runForecast, uploadForecast } from './forecast-network.ts';

/** Rows of one call into the backend; shorter last chunks are padded, so that tensors keep one shape. */
export const CHUNK_ROWS = 4_096;

/** A pair of networks with its weights in the backend. */
export interface Predictor {
  forecast(features: Pick<FeatureBatch, 'count' | 'inputs' | 'irregularity'>): Float32Array;
  classify(deviations: Float32Array): Float32Array;
  dispose(): void;
}

export function createPredictor(settings: DetectorSettings, weights: NetworkWeights): Predictor {
  const forecastNetwork = uploadForecast(settings, weights.forecast);
  const classifier = uploadStack(classifierLayers(settings), weights.classifier);
  const slope = weights.forecast.at(-2) ?? 0;
  const intercept = weights.forecast.at(-1) ?? 0;
  return {
    forecast({ count, inputs, irregularity }) {
      const heads = runChunks(
        inputs,
        count,
        inputWidth(settings),
        HEADS,
        (chunk) => runForecast(forecastNetwork, chunk).heads,
      );
      for (let row = 0; row < count; row += 1) {
        scaleBand(heads, row * HEADS, sigmoid(slope * (irregularity[row] ?? 0) + intercept));
      }
      return heads;
    },
    classify(deviations) {
      const width = classifierWidth(settings);
      const logits = runChunks(deviations, deviations.length / width, width, 1, (chunk) => {
        return runStack(classifier, chunk).at(-1) as tf.Tensor2D;
      });
      return logits.map(sigmoid);
    },
    dispose() {
      disposeForecast(forecastNetwork);
      disposeStack(classifier);
    },
  };
}

/** Both stages on raw histories: features, forecast, deviations, probability, and back to the units of the series. */
export function judgeRows(predictor: Predictor, rows: HistoryRows, settings: DetectorSettings): JudgementResult {
  const features = buildFeatures(rows, settings);
  const heads = predictor.forecast(features);
  const scores = predictor.classify(buildDeviations(heads, features.targets, rows.daysOfWeek, settings));
  const result: JudgementResult = {
    baseline: new Float64Array(rows.count),
    lower: new Float64Array(rows.count),
    upper: new Float64Array(rows.count),
    score: Float64Array.from(scores),
    severity: new Float64Array(rows.count).fill(Number.NaN),
    tail: new Float64Array(rows.count).fill(Number.NaN),
  };
  for (let row = 0; row < rows.count; row += 1) {
    const scale = { mean: features.means[row] ?? 0, spread: features.spreads[row] ?? 0 };
    result.baseline[row] = denormalise(heads[row * HEADS] ?? 0, scale);
    result.lower[row] = denormalise(heads[row * HEADS + 1] ?? 0, scale);
    result.upper[row] = denormalise(heads[row * HEADS + 2] ?? 0, scale);
  }
  return result;
}

export function runChunks(
  matrix: Float32Array,
  rows: number,
  width: number,
  outputs: number,
  run: (chunk: tf.Tensor2D) => tf.Tensor2D,
): Float32Array {
  const result = new Float32Array(rows * outputs);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const padded = new Float32Array(CHUNK_ROWS * width);
    const end = Math.min(rows, start + CHUNK_ROWS);
    padded.set(matrix.subarray(start * width, end * width));
    // Nothing is returned from tidy: it would look for tensors in every number of an array.
    tf.tidy(() => {
      const values = run(tf.tensor2d(padded, [CHUNK_ROWS, width])).dataSync() as Float32Array;
      result.set(values.subarray(0, (end - start) * outputs), start * outputs);
    });
  }
  return result;
}

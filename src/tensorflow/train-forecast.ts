import * as tf from '@tensorflow/tfjs-core';
import {
  type DetectorSettings,
  drawWeights,
  type FeatureBatch,
  forecastGradient,
  forecastLayers,
  HEADS,
  inputWidth,
  limitDeviation,
} from '../detection/index.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';
import { createAdam } from './adam.ts';
import { backpropagateForecast, disposeForecast, runForecast, uploadForecast } from './forecast-network.ts';
import { gatherFloats, gatherRows } from './gather.ts';
import { runEpochs } from './run-epochs.ts';

export interface TrainingOptions {
  readonly settings: DetectorSettings;
  readonly random: Random;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TrainedStage {
  readonly weights: Float32Array;
  /** Mean loss of every pass. */
  readonly losses: readonly number[];
}

/** Stage 1. The input is only read. */
export async function trainForecast(
  features: FeatureBatch,
  labels: Uint8Array,
  options: TrainingOptions,
): Promise<TrainedStage> {
  const { settings } = options;
  const layers = forecastLayers(settings);
  const weights = drawWeights(layers, options.random);
  const gradient = new Float32Array(weights.length);
  const adam = createAdam(weights);
  const width = inputWidth(settings);
  const targets = features.targets.map(limitDeviation);
  const lossScales =
    settings.lossSpace === 'series' ? Float32Array.from(features.spreads) : new Float32Array(features.count).fill(1);
  const last = weights.length - 1;

  function trainBatch(rows: Uint32Array, learningRate: number): number {
    return tf.tidy(() => {
      const network = uploadForecast(settings, weights);
      const inputs = tf.tensor2d(gatherRows(features.inputs, rows, width), [rows.length, width]);
      const run = runForecast(network, inputs);
      const result = forecastGradient(
        {
          heads: run.heads.dataSync() as Float32Array,
          irregularity: gatherFloats(features.irregularity, rows),
          targets: gatherFloats(targets, rows),
          labels: Uint8Array.from(rows, (row) => labels[row] ?? 0),
          lossScales: gatherFloats(lossScales, rows),
        },
        { slope: weights[last - 1] ?? 0, intercept: weights[last] ?? 0 },
        settings,
      );
      backpropagateForecast(network, run, tf.tensor2d(result.heads, [rows.length, HEADS]), gradient);
      gradient[last - 1] = result.slope;
      gradient[last] = result.intercept;
      adam.step(gradient, learningRate);
      disposeForecast(network);
      return result.loss;
    });
  }

  const losses = await runEpochs({ ...options, ...epochsOf(features, settings), step: 'forecast' }, trainBatch);
  return { weights, losses };
}

function epochsOf(features: FeatureBatch, settings: DetectorSettings) {
  return { rows: features.count, settings };
}

import * as tf from '@tensorflow/tfjs-core';
import {
  BAND_HEADS,
  bandGradient,
  type DriftbellSettings,
  drawWeights,
  driftbellLayers,
  driftbellWidth,
  type InputBatch,
} from '../detection/index.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';
import { createAdam } from './adam.ts';
import { backpropagate, disposeStack, runStack, uploadStack } from './dense-stack.ts';
import { gatherFloats, gatherRows } from './gather.ts';
import { runEpochs } from './run-epochs.ts';
import type { TrainedStage } from './train-forecast.ts';

export interface BandTrainingOptions {
  readonly settings: DriftbellSettings;
  readonly random: Random;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The forecast network of our own. Rows that are labelled, or that it is never asked about, teach it nothing. */
export async function trainBand(
  batch: InputBatch,
  labels: Uint8Array,
  options: BandTrainingOptions,
): Promise<TrainedStage> {
  const { settings, random } = options;
  const layers = driftbellLayers(settings);
  const weights = drawWeights(layers, random);
  const gradient = new Float32Array(weights.length);
  const adam = createAdam(weights);
  const width = driftbellWidth(settings);
  const targets = Float32Array.from(batch.targets);
  const learned = Uint32Array.from(batch.isForecast.keys()).filter((row) => {
    return batch.isForecast[row] === 1 && labels[row] === 0;
  });

  function trainBatch(places: Uint32Array, learningRate: number): number {
    const rows = places.map((place) => learned[place] ?? 0);
    return tf.tidy(() => {
      const stack = uploadStack(layers, weights);
      const signals = runStack(stack, tf.tensor2d(gatherRows(batch.inputs, rows, width), [rows.length, width]));
      const heads = (signals.at(-1) as tf.Tensor2D).dataSync() as Float32Array;
      const result = bandGradient(heads, gatherFloats(targets, rows), new Uint8Array(rows.length), settings);
      const outputGradient = tf.tensor2d(result.heads, [rows.length, BAND_HEADS]);
      backpropagate(stack, signals, outputGradient, { gradient, offset: 0, needsInputGradient: false });
      adam.step(gradient, learningRate);
      disposeStack(stack);
      return result.loss;
    });
  }

  const losses = await runEpochs({ ...options, rows: learned.length, step: 'band' }, trainBatch);
  return { weights, losses };
}

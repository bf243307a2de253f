import * as tf from '@tensorflow/tfjs-core';
import { classifierGradient, classifierLayers, classifierWidth, drawWeights } from '../detection/index.ts';
import { createAdam } from './adam.ts';
import { backpropagate, disposeStack, runStack, uploadStack } from './dense-stack.ts';
import { gatherRows } from './gather.ts';
import { runEpochs } from './run-epochs.ts';
import type { TrainedStage, TrainingOptions } from './train-forecast.ts';

/** Stage 2, on the deviations that the finished stage 1 leaves. The input is only read. */
export async function trainClassifier(
  deviations: Float32Array,
  labels: Uint8Array,
  options: TrainingOptions,
): Promise<TrainedStage> {
  const { settings } = options;
  const layers = classifierLayers(settings);
  const weights = drawWeights(layers, options.random);
  const gradient = new Float32Array(weights.length);
  const adam = createAdam(weights);
  const width = classifierWidth(settings);

  function trainBatch(rows: Uint32Array, learningRate: number): number {
    return tf.tidy(() => {
      const stack = uploadStack(layers, weights);
      const signals = runStack(stack, tf.tensor2d(gatherRows(deviations, rows, width), [rows.length, width]));
      const logits = (signals.at(-1) as tf.Tensor2D).dataSync() as Float32Array;
      const result = classifierGradient(
        logits,
        Uint8Array.from(rows, (row) => labels[row] ?? 0),
      );
      const outputGradient = tf.tensor2d(result.logits, [rows.length, 1]);
      backpropagate(stack, signals, outputGradient, { gradient, offset: 0, needsInputGradient: false });
      adam.step(gradient, learningRate);
      disposeStack(stack);
      return result.loss;
    });
  }

  const losses = await runEpochs({ ...options, rows: labels.length, step: 'classifier' }, trainBatch);
  return { weights, losses };
}

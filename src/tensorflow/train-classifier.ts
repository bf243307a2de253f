import { classifierGradient, classifierLayers, classifierWidth, drawWeights } from '../detection/index.ts';
import { createAdam } from './adam.ts';
import { chooseSteps } from './batch-step.ts';
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

  const step = chooseSteps(settings).classifier;

  function trainBatch(rows: Uint32Array, learningRate: number): number {
    let loss = 0;
    const truths = Uint8Array.from(rows, (row) => labels[row] ?? 0);
    step(
      { weights, inputs: gatherRows(deviations, rows, width), rows: rows.length },
      (logits) => {
        const result = classifierGradient(logits, truths);
        loss = result.loss;
        return result.logits;
      },
      gradient,
    );
    adam.step(gradient, learningRate);
    return loss;
  }

  const losses = await runEpochs({ ...options, rows: labels.length, step: 'classifier' }, trainBatch);
  return { weights, losses };
}

import {
  type DetectorSettings,
  drawWeights,
  type FeatureBatch,
  forecastGradient,
  forecastLayers,
  inputWidth,
  limitDeviation,
} from '../detection/index.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';
import { createAdam } from './adam.ts';
import { chooseSteps } from './batch-step.ts';
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

  const step = chooseSteps(settings).forecast;

  function trainBatch(rows: Uint32Array, learningRate: number): number {
    let loss = 0;
    const inputs = gatherRows(features.inputs, rows, width);
    step(
      { weights, inputs, rows: rows.length },
      (heads) => {
        const result = forecastGradient(
          {
            heads,
            irregularity: gatherFloats(features.irregularity, rows),
            targets: gatherFloats(targets, rows),
            labels: Uint8Array.from(rows, (row) => labels[row] ?? 0),
            lossScales: gatherFloats(lossScales, rows),
          },
          { slope: weights[last - 1] ?? 0, intercept: weights[last] ?? 0 },
          settings,
        );
        gradient[last - 1] = result.slope;
        gradient[last] = result.intercept;
        loss = result.loss;
        return result.heads;
      },
      gradient,
    );
    adam.step(gradient, learningRate);
    return loss;
  }

  const losses = await runEpochs({ ...options, ...epochsOf(features, settings), step: 'forecast' }, trainBatch);
  return { weights, losses };
}

function epochsOf(features: FeatureBatch, settings: DetectorSettings) {
  return { rows: features.count, settings };
}

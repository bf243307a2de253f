import * as tf from '@tensorflow/tfjs-core';
import {
  DAYS_PER_WEEK,
  type DetectorSettings,
  forecastLayers,
  parameterCount,
  usedWindows,
} from '../detection/index.ts';
import { backpropagate, type DenseStack, disposeStack, runStack, uploadStack } from './dense-stack.ts';

/** Stage 1 up to its raw heads: layers over the history alone (none in the paper), then layers that know the weekday. */
export interface ForecastNetwork {
  readonly history: DenseStack;
  readonly shared: DenseStack;
  readonly used: number;
}

export interface ForecastRun {
  readonly historySignals: readonly tf.Tensor2D[];
  readonly sharedSignals: readonly tf.Tensor2D[];
  /** rows x 3: raw baseline, lower, upper. */
  readonly heads: tf.Tensor2D;
}

export function uploadForecast(settings: DetectorSettings, weights: Float32Array): ForecastNetwork {
  const layers = forecastLayers(settings).slice(0, -1);
  const historyLayers = layers.slice(0, settings.historyUnits.length);
  return {
    history: uploadStack(historyLayers, weights),
    shared: uploadStack(layers.slice(historyLayers.length), weights, parameterCount(historyLayers)),
    used: usedWindows(settings),
  };
}

export function disposeForecast(network: ForecastNetwork): void {
  disposeStack(network.history);
  disposeStack(network.shared);
}

/** `inputs` is rows x (history + weekday). Call inside `tidy`. */
export function runForecast(network: ForecastNetwork, inputs: tf.Tensor2D): ForecastRun {
  if (network.history.layers.length === 0) {
    const sharedSignals = runStack(network.shared, inputs);
    return { historySignals: [], sharedSignals, heads: sharedSignals.at(-1) as tf.Tensor2D };
  }
  const rows = inputs.shape[0];
  const historySignals = runStack(network.history, tf.slice(inputs, [0, 0], [rows, network.used]));
  const daysOfWeek = tf.slice(inputs, [0, network.used], [rows, DAYS_PER_WEEK]);
  const sharedSignals = runStack(network.shared, tf.concat([historySignals.at(-1) as tf.Tensor2D, daysOfWeek], 1));
  return { historySignals, sharedSignals, heads: sharedSignals.at(-1) as tf.Tensor2D };
}

export function backpropagateForecast(
  network: ForecastNetwork,
  run: ForecastRun,
  headGradient: tf.Tensor2D,
  gradient: Float32Array,
): void {
  const needsInputGradient = network.history.layers.length > 0;
  const offset = parameterCount(network.history.layers);
  const flowing = backpropagate(network.shared, run.sharedSignals, headGradient, {
    gradient,
    offset,
    needsInputGradient,
  });
  if (flowing === undefined) return;
  const width = network.history.layers.at(-1)?.outputs ?? 0;
  backpropagate(network.history, run.historySignals, tf.slice(flowing, [0, 0], [flowing.shape[0], width]), {
    gradient,
    offset: 0,
    needsInputGradient: false,
  });
}

import type * as tf from '@tensorflow/tfjs-core';
import {
  BAND_HEADS,
  type DriftbellSettings,
  driftbellLayers,
  driftbellWidth,
  ROW_BLOCK,
  runDense,
} from '../detection/index.ts';
import { disposeStack, runStack, uploadStack } from './dense-stack.ts';
import { runChunks } from './predict.ts';

/** The forecast network of our own with its weights: raw outputs for rows of inputs. */
export interface BandNetwork {
  run(inputs: Float32Array, count: number): Float32Array;
  dispose(): void;
}

/** Below it, padding a chunk for the backend costs more than the typed arrays need. */
export const PLAIN_MAX_ROWS = 1_024;

export function createBandNetwork(settings: DriftbellSettings, weights: Float32Array, isPlain: boolean): BandNetwork {
  const plain = (inputs: Float32Array, count: number) => runPlainBand(settings, weights, inputs, count);
  if (isPlain) return { run: plain, dispose() {} };
  const stack = uploadStack(driftbellLayers(settings), weights);
  const width = driftbellWidth(settings);
  return {
    run(inputs, count) {
      if (count <= PLAIN_MAX_ROWS) return plain(inputs, count);
      return runChunks(inputs, count, width, BAND_HEADS, (chunk) => runStack(stack, chunk).at(-1) as tf.Tensor2D);
    },
    dispose: () => disposeStack(stack),
  };
}

/** The same in typed arrays: the oracle, and the way where no backend starts. */
export function runPlainBand(
  settings: DriftbellSettings,
  weights: Float32Array,
  inputs: Float32Array,
  count: number,
): Float32Array {
  if (count === 0) return new Float32Array();
  const rows = Math.ceil(count / ROW_BLOCK) * ROW_BLOCK;
  const filled = new Float32Array(rows * driftbellWidth(settings));
  filled.set(inputs.subarray(0, count * driftbellWidth(settings)));
  const signals = runDense({ layers: driftbellLayers(settings), weights, offset: 0 }, filled, rows);
  return signals.at(-1)?.subarray(0, count * BAND_HEADS) ?? new Float32Array();
}

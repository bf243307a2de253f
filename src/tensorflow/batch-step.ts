import * as tf from '@tensorflow/tfjs-core';
import {
  backpropagateDense,
  classifierLayers,
  DAYS_PER_WEEK,
  type DetectorSettings,
  forecastLayers,
  HEADS,
  inputWidth,
  parameterCount,
  ROW_BLOCK,
  runDense,
  usedWindows,
} from '../detection/index.ts';
import { backpropagate, disposeStack, runStack, uploadStack } from './dense-stack.ts';
import { backpropagateForecast, disposeForecast, runForecast, uploadForecast } from './forecast-network.ts';

export interface TrainingBatch {
  readonly weights: Float32Array;
  /** rows x width, row-major. */
  readonly inputs: Float32Array;
  readonly rows: number;
}

/**
 * One batch through a network and back: `slopesOf` turns its outputs into dL/d(outputs), and dL/d(weights) is written
 * into `gradient`.
 */
export type BatchStep = (
  batch: TrainingBatch,
  slopesOf: (outputs: Float32Array) => Float32Array,
  gradient: Float32Array,
) => void;

/**
 * Batches below this are trained in typed arrays: the tensors of the released code's 32 rows spend three quarters of
 * their time between the operations. The paper's 256 rows stay with the tensors that its shipped weights were made by.
 */
export const TENSOR_MIN_BATCH = 64;

export interface TrainingSteps {
  readonly forecast: BatchStep;
  readonly classifier: BatchStep;
}

export function chooseSteps(settings: DetectorSettings): TrainingSteps {
  return settings.batchSize < TENSOR_MIN_BATCH ? plainSteps(settings) : tensorSteps(settings);
}

export function tensorSteps(settings: DetectorSettings): TrainingSteps {
  return {
    forecast({ weights, inputs, rows }, slopesOf, gradient) {
      tf.tidy(() => {
        const network = uploadForecast(settings, weights);
        const run = runForecast(network, tf.tensor2d(inputs, [rows, inputWidth(settings)]));
        const slopes = slopesOf(run.heads.dataSync() as Float32Array);
        backpropagateForecast(network, run, tf.tensor2d(slopes, [rows, HEADS]), gradient);
        disposeForecast(network);
      });
    },
    classifier({ weights, inputs, rows }, slopesOf, gradient) {
      tf.tidy(() => {
        const stack = uploadStack(classifierLayers(settings), weights);
        const signals = runStack(stack, tf.tensor2d(inputs, [rows, inputs.length / rows]));
        const slopes = slopesOf((signals.at(-1) as tf.Tensor2D).dataSync() as Float32Array);
        const outputGradient = tf.tensor2d(slopes, [rows, 1]);
        backpropagate(stack, signals, outputGradient, { gradient, offset: 0, needsInputGradient: false });
        disposeStack(stack);
      });
    },
  };
}

export function plainSteps(settings: DetectorSettings): TrainingSteps {
  const all = forecastLayers(settings).slice(0, -1);
  const history = all.slice(0, settings.historyUnits.length);
  const shared = all.slice(history.length);
  const used = usedWindows(settings);
  const offset = parameterCount(history);
  const historyWidth = history.at(-1)?.outputs ?? used;
  return {
    forecast({ weights, inputs: given, rows: count }, slopesOf, gradient) {
      const { inputs, rows } = fillRows(given, count);
      const width = used + DAYS_PER_WEEK;
      const first = { layers: history, weights, offset: 0 };
      const second = { layers: shared, weights, offset };
      const before = runDense(first, cutColumns(inputs, { rows, width, from: 0, to: used }), rows);
      const days = cutColumns(inputs, { rows, width, from: used, to: width });
      const after = runDense(second, joinColumns(before.at(-1) ?? days, days, rows), rows);
      const flowing = backpropagateDense(second, after, slopesBy(slopesOf, after, count / rows), gradient);
      const joined = historyWidth + DAYS_PER_WEEK;
      const slopes = cutColumns(flowing, { rows, width: joined, from: 0, to: historyWidth });
      backpropagateDense(first, before, slopes, gradient);
    },
    classifier({ weights, inputs: given, rows: count }, slopesOf, gradient) {
      const { inputs, rows } = fillRows(given, count);
      const stack = { layers: classifierLayers(settings), weights, offset: 0 };
      const signals = runDense(stack, inputs, rows);
      backpropagateDense(stack, signals, slopesBy(slopesOf, signals, count / rows), gradient);
    },
  };
}

/** Rows of zeros to the next multiple that typed arrays are worked on in. */
function fillRows(inputs: Float32Array, count: number): { readonly inputs: Float32Array; readonly rows: number } {
  const rows = Math.ceil(count / ROW_BLOCK) * ROW_BLOCK;
  if (rows === count) return { inputs, rows };
  const filled = new Float32Array((inputs.length / count) * rows);
  filled.set(inputs);
  return { inputs: filled, rows };
}

/** The slopes of the given rows, a share of all; those of the rows that were filled up stay 0. */
function slopesBy(
  slopesOf: (outputs: Float32Array) => Float32Array,
  signals: readonly Float32Array[],
  share: number,
): Float32Array {
  const outputs = signals.at(-1) ?? new Float32Array();
  const slopes = new Float32Array(outputs.length);
  slopes.set(slopesOf(outputs.subarray(0, Math.round(outputs.length * share))));
  return slopes;
}

interface ColumnRange {
  readonly rows: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

function cutColumns(matrix: Float32Array, { rows, width, from, to }: ColumnRange): Float32Array {
  const cut = new Float32Array(rows * (to - from));
  for (let row = 0; row < rows; row += 1) {
    cut.set(matrix.subarray(row * width + from, row * width + to), row * (to - from));
  }
  return cut;
}

function joinColumns(left: Float32Array, right: Float32Array, rows: number): Float32Array {
  const leftWidth = left.length / rows;
  const rightWidth = right.length / rows;
  const joined = new Float32Array(left.length + right.length);
  for (let row = 0; row < rows; row += 1) {
    const at = row * (leftWidth + rightWidth);
    joined.set(left.subarray(row * leftWidth, (row + 1) * leftWidth), at);
    joined.set(right.subarray(row * rightWidth, (row + 1) * rightWidth), at + leftWidth);
  }
  return joined;
}

import * as tf from '@tensorflow/tfjs-core';
import type { DenseLayer } from '../detection/index.ts';
import { kernelSize, parameterCount } from '../detection/index.ts';
import { type ContextNetwork, contextNames } from '../domain/correction.ts';
import type { ContextRows } from '../ports/learner.ts';
import type { Random } from '../ports/random.ts';
import { createAdam } from './adam.ts';
import { startBackend } from './backend.ts';
import { backpropagate, disposeStack, runStack, uploadStack } from './dense-stack.ts';
import { runEpochs } from './run-epochs.ts';

/**
 * The network of stage 2 of learning: context -> 8 relu units -> net, of which 2 tanh(net) is added to log-odds that stand.
 *
 * loss = weighted mean of the binary cross-entropy of sigmoid(fixed + 2 tanh(net)) + decay / 2 * |weights|^2
 * dloss/dnet = weight * (p - target) * 2 (1 - tanh(net)^2)
 *
 * The last layer begins at 0, so that a network that learns nothing says nothing. 177 weights for some thousand rows: the
 * decay keeps those that no label asks for near 0.
 */
const UNITS = 8;
const MOST = 2;
const SETTINGS = { epochs: 40, batchSize: 256, learningRate: 5e-3, finalLearningRate: 0 } as const;
const DECAY = 1e-3;

const layers: readonly DenseLayer[] = [
  { name: 'context-1', inputs: contextNames.length, outputs: UNITS, groups: 1, activation: 'relu' },
  { name: 'context-output', inputs: UNITS, outputs: 1, groups: 1, activation: 'linear' },
];

export async function fitContext(
  rows: ContextRows,
  { random, signal }: { readonly random: Random; readonly signal?: AbortSignal | undefined },
): Promise<ContextNetwork> {
  await startBackend();
  const weights = firstWeights(random);
  const gradient = new Float32Array(weights.length);
  const adam = createAdam(weights);
  await runEpochs({ rows: rows.count, settings: SETTINGS, random, step: 'stage 2', signal }, (batch, rate) => {
    const loss = batchGradient(rows, batch, weights, gradient);
    for (let index = 0; index < weights.length; index += 1) {
      gradient[index] = (gradient[index] ?? 0) + DECAY * (weights[index] ?? 0);
    }
    adam.step(gradient, rate);
    return loss;
  });
  return { units: UNITS, weights: Array.from(weights) };
}

/** Uniform by the size of the layer (Glorot), the last layer 0. */
function firstWeights(random: Random): Float32Array {
  const weights = new Float32Array(parameterCount(layers));
  const limit = Math.sqrt(6 / (contextNames.length + UNITS));
  const first = kernelSize(layers[0] as DenseLayer);
  for (let index = 0; index < first; index += 1) weights[index] = (2 * random.uniform() - 1) * limit;
  return weights;
}

function batchGradient(rows: ContextRows, batch: Uint32Array, weights: Float32Array, gradient: Float32Array): number {
  const width = contextNames.length;
  const inputs = new Float32Array(batch.length * width);
  batch.forEach((row, place) => {
    inputs.set(rows.contexts.subarray(row * width, (row + 1) * width), place * width);
  });
  return tf.tidy(() => {
    const stack = uploadStack(layers, weights);
    const signals = runStack(stack, tf.tensor2d(inputs, [batch.length, width]));
    const outputs = (signals.at(-1) as tf.Tensor2D).dataSync() as Float32Array;
    const { loss, slopes } = slopesOf(rows, batch, outputs);
    const target = { gradient, offset: 0, needsInputGradient: false };
    backpropagate(stack, signals, tf.tensor2d(slopes, [batch.length, 1]), target);
    disposeStack(stack);
    return loss;
  });
}

function slopesOf(rows: ContextRows, batch: Uint32Array, outputs: Float32Array) {
  const slopes = new Float32Array(batch.length);
  let total = 0;
  batch.forEach((row) => {
    total += rows.weights[row] ?? 0;
  });
  let loss = 0;
  batch.forEach((row, place) => {
    const bent = Math.tanh(outputs[place] ?? 0);
    const p = 1 / (1 + Math.exp(-((rows.fixed[row] ?? 0) + MOST * bent)));
    const weight = (rows.weights[row] ?? 0) / Math.max(total, Number.MIN_VALUE);
    const target = rows.targets[row] ?? 0;
    slopes[place] = weight * (p - target) * MOST * (1 - bent * bent);
    loss -= weight * (target * safeLog(p) + (1 - target) * safeLog(1 - p));
  });
  return { loss, slopes };
}

function safeLog(p: number): number {
  return Math.log(Math.max(1e-7, p));
}

import * as tf from '@tensorflow/tfjs-core';
import { type DenseLayer, kernelSize } from '../detection/index.ts';

/**
 * Fully connected layers as tensors, forwards and backwards. The gradients are written out because tfjs-core's build
 * for Node registers none; the loss and the optimiser work on plain numbers beside them.
 *
 * forward:  y = f(x K + b)
 * backward: g = dL/dy * f'(y); dL/dK = x^T g; dL/db = column sums of g; dL/dx = g K^T
 *
 * f is relu or nothing here; sigmoid outputs are handled with their loss, where the two cancel.
 */
export interface DenseStack {
  readonly layers: readonly DenseLayer[];
  readonly kernels: readonly tf.Tensor2D[];
  readonly biases: readonly tf.Tensor1D[];
}

/** Uploads a stack's weights, stored from `offset` on. The caller disposes of it, or runs inside `tidy`. */
export function uploadStack(layers: readonly DenseLayer[], weights: Float32Array, offset = 0): DenseStack {
  const kernels: tf.Tensor2D[] = [];
  const biases: tf.Tensor1D[] = [];
  let at = offset;
  for (const layer of layers) {
    const size = kernelSize(layer);
    kernels.push(tf.tensor2d(expandKernel(layer, weights.subarray(at, at + size)), [layer.inputs, layer.outputs]));
    biases.push(tf.tensor1d(weights.slice(at + size, at + size + layer.outputs)));
    at += size + layer.outputs;
  }
  return { layers, kernels, biases };
}

export function disposeStack(stack: DenseStack): void {
  for (const tensor of [...stack.kernels, ...stack.biases]) tensor.dispose();
}

/** The inputs and the outputs of every layer; the last entry is the output of the stack. */
export function runStack(stack: DenseStack, inputs: tf.Tensor2D): readonly tf.Tensor2D[] {
  const signals = [inputs];
  stack.layers.forEach((layer, index) => {
    const output = tf.fused.matMul({
      a: signals[index] as tf.Tensor2D,
      b: stack.kernels[index] as tf.Tensor2D,
      bias: stack.biases[index] as tf.Tensor1D,
      activation: layer.activation === 'relu' ? 'relu' : 'linear',
    });
    signals.push(output as tf.Tensor2D);
  });
  return signals;
}

/**
 * Writes dL/dweights into `gradient` from `offset` on, given dL/d(output); returns dL/d(inputs) where it is asked for.
 */
export function backpropagate(
  stack: DenseStack,
  signals: readonly tf.Tensor2D[],
  outputGradient: tf.Tensor2D,
  target: { readonly gradient: Float32Array; readonly offset: number; readonly needsInputGradient: boolean },
): tf.Tensor2D | undefined {
  let flowing: tf.Tensor2D = outputGradient;
  let end = target.offset + stack.layers.reduce((sum, layer) => sum + kernelSize(layer) + layer.outputs, 0);
  for (let index = stack.layers.length - 1; index >= 0; index -= 1) {
    const layer = stack.layers[index] as DenseLayer;
    const before = signals[index] as tf.Tensor2D;
    const after = signals[index + 1] as tf.Tensor2D;
    const local: tf.Tensor2D = layer.activation === 'relu' ? tf.mul(flowing, tf.step(after)) : flowing;
    end -= kernelSize(layer) + layer.outputs;
    const kernelGradient = tf.matMul(before, local, true, false).dataSync() as Float32Array;
    target.gradient.set(compactKernel(layer, kernelGradient), end);
    target.gradient.set(tf.sum(local, 0).dataSync() as Float32Array, end + kernelSize(layer));
    if (index === 0 && !target.needsInputGradient) return undefined;
    flowing = tf.matMul(local, stack.kernels[index] as tf.Tensor2D, false, true);
  }
  return flowing;
}

/** A grouped kernel is stored head by head; as a matrix it is block diagonal with zeros elsewhere. */
function expandKernel(layer: DenseLayer, stored: Float32Array): Float32Array {
  if (layer.groups === 1) return stored.slice();
  const full = new Float32Array(layer.inputs * layer.outputs);
  const perGroup = layer.inputs / layer.groups;
  stored.forEach((weight, index) => {
    const output = Math.floor(index / perGroup);
    full[index * layer.outputs + output] = weight;
  });
  return full;
}

function compactKernel(layer: DenseLayer, full: Float32Array): Float32Array {
  if (layer.groups === 1) return full;
  const perGroup = layer.inputs / layer.groups;
  return Float32Array.from({ length: kernelSize(layer) }, (_, index) => {
    return full[index * layer.outputs + Math.floor(index / perGroup)] ?? 0;
  });
}

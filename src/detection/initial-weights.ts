import { type DenseLayer, kernelSize, parameterCount } from './network-layout.ts';
import type { Draws } from './synthetic/draws.ts';

/**
 * Weights to start training from: Glorot and Bengio's uniform rule, biases 0.
 *
 * k ~ uniform(-limit, limit), limit = sqrt(6 / (inputs + outputs)) of the layer's block
 */
export function drawWeights(layers: readonly DenseLayer[], draws: Draws): Float32Array {
  const weights = new Float32Array(parameterCount(layers));
  let offset = 0;
  for (const layer of layers) {
    const limit = Math.sqrt((6 * layer.groups) / (layer.inputs + layer.outputs));
    for (let index = 0; index < kernelSize(layer); index += 1) {
      weights[offset + index] = limit * (2 * draws.uniform() - 1);
    }
    offset += kernelSize(layer) + layer.outputs;
  }
  return weights;
}

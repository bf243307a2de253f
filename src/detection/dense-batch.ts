import { type DenseLayer, kernelSize, parameterCount } from './network-layout.ts';

/**
 * Fully connected layers on a small batch in typed arrays, forwards and backwards; the same mathematics as the tensors,
 * without a call into a backend for every operation, of which a batch of 32 rows needs more than it has work for.
 *
 * forward:  y = f(x K + b)
 * backward: g = dL/dy * f'(y); dL/dK = x^T g; dL/db = column sums of g; dL/dx = g K^T
 *
 * x: rows x inputs, y: rows x outputs, row-major; f is ReLU or nothing. Kernels are stored input by input, those of
 * grouped layers output by output. Four rows are worked on at once, so that each weight is read once for them: the
 * number of rows is a multiple of ROW_BLOCK, and rows of zeros with a gradient of 0 fill it up.
 */
export interface DenseWeights {
  readonly layers: readonly DenseLayer[];
  readonly weights: Float32Array;
  /** Where the kernel of the first layer begins. */
  readonly offset: number;
}

export const ROW_BLOCK = 4;

/** The inputs and the outputs of every layer; the last entry is the output of the stack. */
export function runDense(
  { layers, weights, offset }: DenseWeights,
  inputs: Float32Array,
  rows: number,
): Float32Array[] {
  const signals = [inputs];
  let at = offset;
  for (const layer of layers) {
    const kernel = weights.subarray(at, at + kernelSize(layer));
    const biases = weights.subarray(at + kernelSize(layer), at + kernelSize(layer) + layer.outputs);
    const before = signals.at(-1) as Float32Array;
    const after = new Float32Array(rows * layer.outputs);
    if (layer.groups === 1) multiply(before, kernel, biases, after);
    else multiplyGroups(before, kernel, biases, { layer, outputs: after });
    if (layer.activation === 'relu') cutNegative(after);
    signals.push(after);
    at += kernelSize(layer) + layer.outputs;
  }
  return signals;
}

/**
 * Writes dL/dweights into `gradient`, at the places of the weights, given dL/d(output) of `signals`; returns
 * dL/d(inputs).
 */
export function backpropagateDense(
  { layers, weights, offset }: DenseWeights,
  signals: readonly Float32Array[],
  outputGradient: Float32Array,
  gradient: Float32Array,
): Float32Array {
  let flowing = outputGradient;
  let at = offset + parameterCount(layers);
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const layer = layers[index] as DenseLayer;
    const before = signals[index] as Float32Array;
    const after = signals[index + 1] as Float32Array;
    at -= kernelSize(layer) + layer.outputs;
    const biasesAt = at + kernelSize(layer);
    const kernel = weights.subarray(at, biasesAt);
    const target = gradient.subarray(at, biasesAt).fill(0);
    const local = layer.activation === 'relu' ? whereActive(flowing, after) : flowing;
    sumColumns(local, gradient.subarray(biasesAt, biasesAt + layer.outputs).fill(0));
    const slopes = new Float32Array(before.length);
    if (layer.groups === 1) backMultiply({ before, local, kernel }, layer, { target, slopes });
    else backGroups({ before, local, kernel }, layer, { target, slopes });
    flowing = slopes;
  }
  return flowing;
}

function multiply(inputs: Float32Array, kernel: Float32Array, biases: Float32Array, outputs: Float32Array): void {
  const width = biases.length;
  const depth = kernel.length / width;
  for (let from = 0, to = 0; to < outputs.length; from += ROW_BLOCK * depth, to += ROW_BLOCK * width) {
    for (let output = 0; output < width; output += 1) {
      let a = biases[output] ?? 0;
      let b = a;
      let c = a;
      let d = a;
      for (let input = 0; input < depth; input += 1) {
        const weight = kernel[input * width + output] ?? 0;
        a += weight * (inputs[from + input] ?? 0);
        b += weight * (inputs[from + depth + input] ?? 0);
        c += weight * (inputs[from + 2 * depth + input] ?? 0);
        d += weight * (inputs[from + 3 * depth + input] ?? 0);
      }
      outputs[to + output] = a;
      outputs[to + width + output] = b;
      outputs[to + 2 * width + output] = c;
      outputs[to + 3 * width + output] = d;
    }
  }
}

function multiplyGroups(
  inputs: Float32Array,
  kernel: Float32Array,
  biases: Float32Array,
  { layer, outputs }: { readonly layer: DenseLayer; readonly outputs: Float32Array },
): void {
  const depth = layer.inputs / layer.groups;
  for (let place = 0; place < outputs.length; place += 1) {
    const output = place % layer.outputs;
    const from = groupStart(place, layer);
    let sum = biases[output] ?? 0;
    for (let input = 0; input < depth; input += 1) {
      sum += (inputs[from + input] ?? 0) * (kernel[output * depth + input] ?? 0);
    }
    outputs[place] = sum;
  }
}

interface Known {
  readonly before: Float32Array;
  readonly local: Float32Array;
  readonly kernel: Float32Array;
}

interface Wanted {
  /** dL/dkernel. */
  readonly target: Float32Array;
  /** dL/dinputs. */
  readonly slopes: Float32Array;
}

function backMultiply({ before, local, kernel }: Known, layer: DenseLayer, { target, slopes }: Wanted): void {
  const { inputs: depth, outputs: width } = layer;
  for (let from = 0, to = 0; from < before.length; from += ROW_BLOCK * depth, to += ROW_BLOCK * width) {
    for (let input = 0; input < depth; input += 1) {
      const [second, third, fourth] = [from + depth + input, from + 2 * depth + input, from + 3 * depth + input];
      const xa = before[from + input] ?? 0;
      const xb = before[second] ?? 0;
      const xc = before[third] ?? 0;
      const xd = before[fourth] ?? 0;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      const place = input * width;
      for (let output = 0; output < width; output += 1) {
        const weight = kernel[place + output] ?? 0;
        const ga = local[to + output] ?? 0;
        const gb = local[to + width + output] ?? 0;
        const gc = local[to + 2 * width + output] ?? 0;
        const gd = local[to + 3 * width + output] ?? 0;
        a += ga * weight;
        b += gb * weight;
        c += gc * weight;
        d += gd * weight;
        target[place + output] = (target[place + output] ?? 0) + xa * ga + xb * gb + xc * gc + xd * gd;
      }
      slopes[from + input] = a;
      slopes[second] = b;
      slopes[third] = c;
      slopes[fourth] = d;
    }
  }
}

function backGroups({ before, local, kernel }: Known, layer: DenseLayer, { target, slopes }: Wanted): void {
  const depth = layer.inputs / layer.groups;
  for (let place = 0; place < local.length; place += 1) {
    const output = place % layer.outputs;
    const from = groupStart(place, layer);
    const flow = local[place] ?? 0;
    for (let input = 0; input < depth; input += 1) {
      const at = output * depth + input;
      slopes[from + input] = (slopes[from + input] ?? 0) + flow * (kernel[at] ?? 0);
      target[at] = (target[at] ?? 0) + flow * (before[from + input] ?? 0);
    }
  }
}

/** Where the inputs of the group begin that the output at `place` of a rows x outputs matrix belongs to. */
function groupStart(place: number, { inputs, outputs, groups }: DenseLayer): number {
  const output = place % outputs;
  return ((place - output) / outputs) * inputs + Math.floor((output * groups) / outputs) * (inputs / groups);
}

function cutNegative(values: Float32Array): void {
  for (let place = 0; place < values.length; place += 1) if ((values[place] ?? 0) < 0) values[place] = 0;
}

function whereActive(slopes: Float32Array, outputs: Float32Array): Float32Array {
  const active = new Float32Array(slopes.length);
  for (let place = 0; place < slopes.length; place += 1) {
    if ((outputs[place] ?? 0) > 0) active[place] = slopes[place] ?? 0;
  }
  return active;
}

function sumColumns(matrix: Float32Array, sums: Float32Array): void {
  const width = sums.length;
  for (let from = 0; from < matrix.length; from += width) {
    for (let column = 0; column < width; column += 1) {
      sums[column] = (sums[column] ?? 0) + (matrix[from + column] ?? 0);
    }
  }
}

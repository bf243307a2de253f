/**
 * Adam (Kingma and Ba, 2015) on one flat array of weights, changed in place.
 *
 * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + e)
 *
 * The constants are those of the publication, with e as TensorFlow has it. A thousand weights are too few for tensors
 * to pay: a dozen calls into WebAssembly a layer cost more than this loop.
 */
const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.999;
const EPSILON = 1e-7;

export interface Adam {
  /** `learningRate`: size of a step at first, before the moments slow it down. */
  step(gradient: Float32Array, learningRate: number): void;
}

export function createAdam(weights: Float32Array): Adam {
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  let steps = 0;
  return {
    step(gradient, learningRate) {
      steps += 1;
      const firstCorrection = 1 - FIRST_DECAY ** steps;
      const secondCorrection = 1 - SECOND_DECAY ** steps;
      for (let index = 0; index < weights.length; index += 1) {
        const slope = gradient[index] ?? 0;
        const mean = FIRST_DECAY * (first[index] ?? 0) + (1 - FIRST_DECAY) * slope;
        const square = SECOND_DECAY * (second[index] ?? 0) + (1 - SECOND_DECAY) * slope * slope;
        first[index] = mean;
        second[index] = square;
        const size = Math.sqrt(square / secondCorrection) + EPSILON;
        weights[index] = (weights[index] ?? 0) - (learningRate * (mean / firstCorrection)) / size;
      }
    },
  };
}

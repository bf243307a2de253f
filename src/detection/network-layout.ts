import { inputWidth, usedWindows } from './features/build-features.ts';
import { DAYS_PER_WEEK } from './features/day-of-week.ts';
import type { DetectorSettings } from './settings.ts';

/** A fully connected layer. With `groups` > 1 inputs and outputs fall into as many blocks that do not see each other. */
export interface DenseLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: number;
  readonly activation: 'relu' | 'linear' | 'sigmoid';
}

/** Baseline, lower, upper: the order of the heads everywhere. */
export const HEADS = 3;

/** Deviations of the value from the three heads. */
export const DEVIATIONS = 3;

/** Stage 1 in the order in which its weights are stored. Paper: 970 parameters; released code: 1,466. */
export function forecastLayers(settings: DetectorSettings): readonly DenseLayer[] {
  const history = stack('history', usedWindows(settings), settings.historyUnits);
  const joined =
    settings.historyUnits.length === 0 ? inputWidth(settings) : (settings.historyUnits.at(-1) ?? 0) + DAYS_PER_WEEK;
  const shared = stack('shared', joined, settings.sharedUnits);
  const width = settings.sharedUnits.at(-1) ?? joined;
  const hidden = settings.headUnits * HEADS;
  return [
    ...history,
    ...shared,
    { name: 'head-hidden', inputs: width, outputs: hidden, groups: 1, activation: 'linear' },
    { name: 'head-output', inputs: hidden, outputs: HEADS, groups: HEADS, activation: 'linear' },
    { name: 'irregularity', inputs: 1, outputs: 1, groups: 1, activation: 'sigmoid' },
  ];
}

/** Stage 2 in the order in which its weights are stored. */
export function classifierLayers(settings: DetectorSettings): readonly DenseLayer[] {
  const inputs = classifierWidth(settings);
  return [
    ...stack('classifier', inputs, settings.classifierUnits),
    {
      name: 'classifier-output',
      inputs: settings.classifierUnits.at(-1) ?? inputs,
      outputs: 1,
      groups: 1,
      activation: 'sigmoid',
    },
  ];
}

export function classifierWidth(settings: Pick<DetectorSettings, 'hasDayOfWeekInClassifier'>): number {
  return DEVIATIONS + (settings.hasDayOfWeekInClassifier ? DAYS_PER_WEEK : 0);
}

/** Kernel entries of a layer, input-major; the biases (one per output) follow them. */
export function kernelSize(layer: DenseLayer): number {
  return (layer.inputs * layer.outputs) / layer.groups;
}

export function parameterCount(layers: readonly DenseLayer[]): number {
  return layers.reduce((sum, layer) => sum + kernelSize(layer) + layer.outputs, 0);
}

/** Weights of both stages: for each layer the kernel, then the biases. */
export interface NetworkWeights {
  readonly forecast: Float32Array;
  readonly classifier: Float32Array;
}

function stack(name: string, inputs: number, units: readonly number[]): DenseLayer[] {
  return units.map((outputs, index) => ({
    name: `${name}-${index + 1}`,
    inputs: index === 0 ? inputs : (units[index - 1] ?? inputs),
    outputs,
    groups: 1,
    activation: 'relu',
  }));
}

import type { DetectorConfiguration } from '../domain/detector.ts';

/** Everything that a trained detector depends on besides its weights and its corpus; written into the manifest. */
export interface DetectorSettings {
  readonly configuration: TrainableConfiguration;
  /** H: values before the judged window. */
  readonly historyWindows: number;
  /** K: newest values left out, so that the forecast does not follow an anomaly that has begun. */
  readonly omittedWindows: number;
  readonly lowerQuantile: number;
  readonly upperQuantile: number;
  /** Lambda: weight of the two pinball losses beside the squared error. */
  readonly bandWeight: number;
  readonly irregularityQuantiles: { readonly lower: number; readonly upper: number };
  readonly spreadFloor: SpreadFloor;
  /** Dense layers (ReLU) over the history alone, before the day of week joins; empty: it joins at once. */
  readonly historyUnits: readonly number[];
  /** Dense layers (ReLU) that the three outputs share. */
  readonly sharedUnits: readonly number[];
  /** Hidden units of each of the three heads; linear. */
  readonly headUnits: number;
  /** `signed`: value minus baseline, upper, lower. `clipped`: the two distances outside the band, 0 inside. */
  readonly deviations: 'signed' | 'clipped';
  readonly hasDayOfWeekInClassifier: boolean;
  /** Hidden dense layers (ReLU) of the classifier; its output is one sigmoid. */
  readonly classifierUnits: readonly number[];
  /** Where the forecast loss is measured: in window-normalised units, or in those of the z-scored series. */
  readonly lossSpace: 'window' | 'series';
  readonly batchSize: number;
  /** Passes over the corpus, for each of the two stages. */
  readonly epochs: number;
  /** Adam's step size at the beginning; it falls in a straight line to the final one. */
  readonly learningRate: number;
  readonly finalLearningRate: number;
  readonly scoreThreshold: number;
  /** True: a score equal to the threshold is enough. */
  readonly isThresholdInclusive: boolean;
}

/**
 * The least spread a history is divided by. `relative`: `size` times its largest absolute value, so that every unit of
 * measurement is treated alike. `absolute`: `size` itself.
 */
export interface SpreadFloor {
  readonly kind: 'relative' | 'absolute';
  readonly size: number;
}

/**
 * AlerTiger as the paper words it. It leaves open: activations (ReLU, linear heads), the classifier's sizes (taken
 * from the released code), the spread floor (a relative one, far below any real variation), the learning rate
 * (Adam's usual one) and the loss space (window-normalised: every series weighs alike).
 */
const paper: DetectorSettings = {
  configuration: 'paper',
  historyWindows: 28,
  omittedWindows: 3,
  lowerQuantile: 0.025,
  upperQuantile: 0.975,
  bandWeight: 1,
  irregularityQuantiles: { lower: 0.25, upper: 0.75 },
  spreadFloor: { kind: 'relative', size: 1e-6 },
  historyUnits: [],
  sharedUnits: [18, 9, 8],
  headUnits: 4,
  deviations: 'signed',
  hasDayOfWeekInClassifier: false,
  classifierUnits: [14, 9, 9],
  lossSpace: 'window',
  batchSize: 256,
  epochs: 100,
  learningRate: 0.002,
  finalLearningRate: 0,
  scoreThreshold: 0.2,
  isThresholdInclusive: true,
};

/** The behaviour of the code released with the paper, where it differs from the paper. */
const code: DetectorSettings = {
  ...paper,
  configuration: 'code',
  lowerQuantile: 0.005,
  upperQuantile: 0.995,
  irregularityQuantiles: { lower: 0.4, upper: 0.6 },
  spreadFloor: { kind: 'absolute', size: 0.01 },
  historyUnits: [14, 9, 9],
  sharedUnits: [16, 16, 8, 8],
  deviations: 'clipped',
  hasDayOfWeekInClassifier: true,
  lossSpace: 'series',
  batchSize: 32,
  epochs: 50,
  learningRate: 0.001,
  finalLearningRate: 0.001,
  isThresholdInclusive: false,
};

export const detectorSettings = { paper, code } as const satisfies Partial<
  Record<DetectorConfiguration, DetectorSettings>
>;

/**
 * The second model of the paper: 14 windows of history, for what has fewer than 28. The released code has none. Its
 * irregularity score rests on 4 week-over-week differences instead of 18.
 */
export const shortTermSettings: Readonly<Partial<Record<TrainableConfiguration, DetectorSettings>>> = {
  paper: { ...paper, historyWindows: 14 },
};

export type TrainableConfiguration = 'paper' | 'code';

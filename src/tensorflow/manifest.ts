import { z } from 'zod';
import { detectorConfigurations } from '../domain/detector.ts';

/** Raised whenever an older reader would misread the folder. */
export const MANIFEST_FORMAT = 1;

const DetectorSettingsRecord = z.object({
  configuration: z.enum(['paper', 'code']),
  historyWindows: z.int().positive(),
  omittedWindows: z.int().nonnegative(),
  lowerQuantile: z.number().min(0).max(1),
  upperQuantile: z.number().min(0).max(1),
  bandWeight: z.number().nonnegative(),
  irregularityQuantiles: z.object({ lower: z.number(), upper: z.number() }),
  spreadFloor: z.object({ kind: z.enum(['relative', 'absolute']), size: z.number().positive() }),
  historyUnits: z.array(z.int().positive()),
  sharedUnits: z.array(z.int().positive()).min(1),
  headUnits: z.int().positive(),
  deviations: z.enum(['signed', 'clipped']),
  hasDayOfWeekInClassifier: z.boolean(),
  classifierUnits: z.array(z.int().positive()),
  lossSpace: z.enum(['window', 'series']),
  batchSize: z.int().positive(),
  epochs: z.int().positive(),
  learningRate: z.number().positive(),
  finalLearningRate: z.number().nonnegative(),
  scoreThreshold: z.number().min(0).max(1),
  isThresholdInclusive: z.boolean(),
});

const LayerRecord = z.object({
  name: z.string(),
  inputs: z.int().positive(),
  outputs: z.int().positive(),
  groups: z.int().positive(),
  activation: z.enum(['relu', 'linear', 'sigmoid']),
});

const LossEnds = z.object({ first: z.number(), last: z.number() });
const Figure = z.number().nullable();

/** `manifest.json` of a detector folder: the domain's manifest and how it came about. */
export const ManifestFile = z.object({
  format: z.literal(MANIFEST_FORMAT),
  name: z.string().min(1),
  configuration: z.enum(detectorConfigurations),
  historyWindows: z.int().positive(),
  seed: z.int(),
  trainedOn: z.string(),
  quality: z.array(z.object({ on: z.string(), precision: Figure, recall: Figure, f1: Figure })),
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  weightsBytes: z.int().positive(),
  settings: DetectorSettingsRecord,
  layers: z.object({ forecast: z.array(LayerRecord), classifier: z.array(LayerRecord) }),
  rows: z.object({ all: z.int(), anomalous: z.int() }),
  losses: z.object({ forecast: LossEnds, classifier: LossEnds }),
  libraries: z.record(z.string(), z.string()),
  backend: z.string(),
  command: z.string(),
  /** Parameters of the synthetic corpus; absent for given series. */
  corpus: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

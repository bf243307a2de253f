import { z } from 'zod';
import { GRID_SHARES, historyShapes } from '../detection/index.ts';
import { detectorConfigurations } from '../domain/detector.ts';
import { statisticKinds } from '../domain/statistic-kind.ts';

/** Raised whenever an older reader would misread the folder. */
export const MANIFEST_FORMAT = 1;

export const WEIGHTS_FILE = 'weights.bin';
export const SHORT_TERM_FILE = 'weights-short-term.bin';

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

const HoursRecord = z.object({
  historyWindows: z.int().positive(),
  omittedWindows: z.int().nonnegative(),
  leastKnownWindows: z.int().positive(),
  maskSeverity: z.number().positive().optional(),
  relearnWindows: z.int().nonnegative(),
  levelFloor: z.number().nonnegative(),
  // Manifests from before this was a switch mean that it is on.
  removesDay: z.boolean().default(true),
  goesOn: z.number().min(1).optional(),
  reference: z.object({
    severity: z.number().positive(),
    tail: z.number().positive().max(1),
    exponent: z.number().positive(),
  }),
});

const RunsRecord = z.object({
  pair: z.object({ factor: z.number().positive(), exponent: z.number().positive() }).optional(),
  goesOn: z.number().min(1).optional(),
  factors: z.partialRecord(z.enum(statisticKinds), z.number().positive()).optional(),
});

const DriftbellSettingsRecord = z.object({
  configuration: z.literal('driftbell'),
  historyWindows: z.int().positive(),
  omittedWindows: z.int().nonnegative(),
  leastKnownWindows: z.int().positive(),
  floors: z.object({ deviation: z.number().nonnegative(), level: z.number().nonnegative(), usesRows: z.boolean() }),
  units: z.array(z.int().positive()),
  lowerQuantile: z.number().min(0).max(1),
  upperQuantile: z.number().min(0).max(1),
  tailWeight: z.number().positive(),
  batchSize: z.int().positive(),
  epochs: z.int().positive(),
  learningRate: z.number().positive(),
  finalLearningRate: z.number().nonnegative(),
  removesWeek: z.boolean(),
  severityWidth: z.enum(['side', 'band']),
  clipsToRange: z.boolean(),
  hasConstantPath: z.boolean(),
  hasCountPath: z.boolean(),
  calibratesByKind: z.boolean(),
  masksAnomalies: z.boolean(),
  clipsAnomalies: z.boolean().optional(),
  relearnWindows: z.int().nonnegative(),
  flatWindows: z.int().nonnegative(),
  tailThreshold: z.number().min(0).max(1),
  readsHolidays: z.boolean().optional(),
  masksHolidays: z.boolean().optional(),
  findsSlowDrift: z.boolean().optional(),
  removesCommonMode: z.boolean().optional(),
  runs: RunsRecord.optional(),
  hours: HoursRecord.optional(),
});

const JudgingRecord = z.object({
  omittedWindows: z.int().nonnegative(),
  leastKnownWindows: z.int().positive(),
  masksAnomalies: z.boolean(),
  clipsAnomalies: z.boolean().optional(),
  relearnWindows: z.int().nonnegative(),
  flatWindows: z.int().nonnegative(),
  tailThreshold: z.number().min(0).max(1),
  readsHolidays: z.boolean().optional(),
  masksHolidays: z.boolean().optional(),
  findsSlowDrift: z.boolean().optional(),
  removesCommonMode: z.boolean().optional(),
  runs: RunsRecord.optional(),
  hours: HoursRecord.optional(),
});

const TailCellRecord = z.object({
  kind: z.enum(statisticKinds).optional(),
  shape: z.enum(historyShapes).optional(),
  windows: z.int().positive(),
  severities: z.array(z.number().nonnegative()).length(GRID_SHARES.length),
  shapeParameter: z.number().min(0).max(1),
  scaleParameter: z.number().positive(),
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

const Checksum = z.string().regex(/^[0-9a-f]{64}$/);
const Quality = z.array(z.object({ on: z.string(), precision: Figure, recall: Figure, f1: Figure }));
const Layers = z.object({ forecast: z.array(LayerRecord), classifier: z.array(LayerRecord) });
const Rows = z.object({ all: z.int(), anomalous: z.int() });
const Losses = z.object({ forecast: LossEnds, classifier: LossEnds.optional() });

/** The second pair: trained on the same corpus with the same settings but for its shorter history. */
const ShortTerm = z.object({
  historyWindows: z.int().positive(),
  file: z.literal(SHORT_TERM_FILE),
  checksum: Checksum,
  weightsBytes: z.int().positive(),
  layers: Layers,
  rows: Rows,
  losses: Losses,
  quality: Quality,
});
export type ShortTermRecord = z.infer<typeof ShortTerm>;

/** `manifest.json` of a detector folder: the domain's manifest and how it came about. */
export const ManifestFile = z.object({
  format: z.literal(MANIFEST_FORMAT),
  name: z.string().min(1),
  configuration: z.enum(detectorConfigurations),
  historyWindows: z.int().positive(),
  seed: z.int(),
  trainedOn: z.string(),
  quality: Quality,
  checksum: Checksum,
  weightsBytes: z.int().positive(),
  settings: z.union([DetectorSettingsRecord, DriftbellSettingsRecord]),
  layers: Layers,
  rows: Rows,
  losses: Losses,
  libraries: z.record(z.string(), z.string()),
  backend: z.string(),
  command: z.string(),
  /** Parameters of the synthetic corpus; absent for given series. */
  corpus: z.array(z.record(z.string(), z.unknown())).optional(),
  /** Only of our own configuration, as is the calibration. */
  judging: JudgingRecord.optional(),
  calibration: z.array(TailCellRecord).min(1).optional(),
  /** Absent: series with a shorter history are not judged. An older reader passes it over and is right about the rest. */
  shortTerm: ShortTerm.optional(),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

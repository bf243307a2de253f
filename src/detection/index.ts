export { buildDetections, settingsOf } from './build-detections.ts';
export { findCatastrophe } from './catastrophic.ts';
export { classifierGradient, sigmoid } from './classify/classifier-gradient.ts';
export { buildDeviations, DEVIATION_LIMIT, limitDeviation } from './classify/deviations.ts';
export { decideAnomaly } from './decide.ts';
export { backpropagateDense, type DenseWeights, ROW_BLOCK, runDense } from './dense-batch.ts';
export { BAND_HEADS, driftbellLayers } from './driftbell/band.ts';
export { bandGradient } from './driftbell/band-gradient.ts';
export { buildInputs, driftbellWidth, type InputBatch, kindAt } from './driftbell/build-inputs.ts';
export { type CorpusRows, corpusRows } from './driftbell/corpus/corpus-rows.ts';
export {
  type CorpusOptions,
  type CorpusSeries,
  calibrationCorpus,
  drawCorpus,
  driftbellCorpus,
} from './driftbell/corpus/draw-corpus.ts';
export { drawHealthy } from './driftbell/corpus/healthy-corpus.ts';
export { judgeInputs } from './driftbell/judge-inputs.ts';
export { emptyMeasures, readMeasures } from './driftbell/row-measures.ts';
export { fitRunFactor } from './driftbell/run-factor.ts';
export { type DriftbellSettings, driftbellSettings, judgingRules } from './driftbell/settings.ts';
export {
  fitCalibration,
  GRID_SHARES,
  type HealthySeverity,
  historyShapes,
  shapeOf,
  type TailCalibration,
} from './driftbell/tail-calibration.ts';
export { baselineVariants } from './evaluation/baselines/baseline-variants.ts';
export {
  BOOTSTRAP_DRAWS,
  bootstrapF1,
  countByCluster,
  type Interval90,
  interval90,
} from './evaluation/cluster-bootstrap.ts';
export {
  type EvaluatedGrid,
  type EvaluationOptions,
  evaluateDetector,
  evaluateZScore,
  type QualityFigures,
  randomVusPr,
} from './evaluation/evaluate-series.ts';
export { type DetectorRank, rankDetector } from './evaluation/rank-detector.ts';
export {
  figuresAt,
  type RankingFigures,
  RECALL_BUDGETS,
  rankingFigures,
  type ThresholdFigures,
} from './evaluation/ranked-figures.ts';
export {
  type EvaluationSeries,
  type EvaluationSet,
  type RankedSeries,
  rankSeries,
} from './evaluation/ranked-series.ts';
export { type ScoredGrid, type Scorer, type Variant, variantOf } from './evaluation/scorer.ts';
export { chooseThreshold, ONE_PER_SERIES_MONTH } from './evaluation/threshold-walk.ts';
export { VUS_BUFFER_WINDOWS } from './evaluation/vus-pr.ts';
export { warmUpWindows } from './evaluation/warm-up.ts';
export { buildFeatures, type FeatureBatch, inputWidth, usedWindows } from './features/build-features.ts';
export { DAYS_PER_WEEK } from './features/day-of-week.ts';
export { type HistoryRows, joinHistoryRows, type SeriesGrid, slideHistories } from './features/history-rows.ts';
export { denormalise } from './features/normalise-window.ts';
export { forecastGradient } from './forecast/forecast-gradient.ts';
export { classifyRows, forecastRows, scaleBand } from './forward-pass.ts';
export { drawWeights } from './initial-weights.ts';
export { type JudgingDetector, judgeSeries } from './judge-series.ts';
export type { JudgedGrid } from './judged-grid.ts';
export { type AnySettings, layersOf } from './layers-of.ts';
export { applyCorrection, type CorrectionContext } from './learning/apply-correction.ts';
export { baseWindows } from './learning/base-windows.ts';
export { type SeeDeps, seeDetections, thresholdOf } from './learning/see-windows.ts';
export { peersOf, windowEvidence } from './learning/window-evidence.ts';
export { countsMissing } from './missing-values.ts';
export {
  classifierLayers,
  classifierWidth,
  type DenseLayer,
  forecastLayers,
  HEADS,
  kernelSize,
  type NetworkWeights,
  parameterCount,
} from './network-layout.ts';
export {
  type CalibrationDeps,
  type CalibrationInput,
  refreshCalibration,
} from './refresh-calibration.ts';
export {
  type DetectionDeps,
  type DetectionInput,
  type DetectionReport,
  historyStride,
  type LearnedContext,
  runDetection,
} from './run.ts';
export { type DetectorSettings, detectorSettings, shortTermSettings, type TrainableConfiguration } from './settings.ts';
export { generateCorpus, type SyntheticSeries } from './synthetic/generate-corpus.ts';
export { type GeneratorOptions, referenceCorpus } from './synthetic/generator-options.ts';
export { referenceKinds } from './synthetic/seasonality.ts';
export { trainingCorpus } from './synthetic/training-corpus.ts';
export { buildTrainingRows, type LabelledGrid, type TrainingRows } from './training-rows.ts';

import {
  buildDeviations,
  buildFeatures,
  buildTrainingRows,
  classifierLayers,
  type DetectorSettings,
  drawWeights,
  type LabelledGrid,
  type NetworkWeights,
} from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import { type BackendName, startBackend } from './backend.ts';
import { createPredictor } from './predict.ts';
import { trainClassifier } from './train-classifier.ts';
import { type TrainingOptions, trainForecast } from './train-forecast.ts';

export interface TrainedDetector {
  readonly settings: DetectorSettings;
  readonly weights: NetworkWeights;
  readonly backend: BackendName;
  readonly rows: number;
  readonly anomalousRows: number;
  /** Mean loss of every pass of each stage. */
  readonly losses: { readonly forecast: readonly number[]; readonly classifier: readonly number[] };
}

export interface TrainDetectorOptions extends TrainingOptions {
  readonly backend?: BackendName | undefined;
  /** Windows between two history values: 1 for days, 24 for hours. */
  readonly stride?: number;
}

/** Stage 1, then stage 2 on what the finished stage 1 leaves. The series are only read. */
export async function trainDetector(
  series: readonly LabelledGrid[],
  options: TrainDetectorOptions,
): Promise<TrainedDetector> {
  const { settings } = options;
  const { rows, labels } = buildTrainingRows(series, settings, options.stride ?? 1);
  if (rows.count === 0) throw tooShort(series.length, settings);
  const backend = await startBackend(options.backend);
  const features = buildFeatures(rows, settings);
  const forecast = await trainForecast(features, labels, options);
  const untrained = drawWeights(classifierLayers(settings), options.random);
  const predictor = createPredictor(settings, { forecast: forecast.weights, classifier: untrained });
  const heads = predictor.forecast(features);
  predictor.dispose();
  const deviations = buildDeviations(heads, features.targets, rows.daysOfWeek, settings);
  const classifier = await trainClassifier(deviations, labels, options);
  return {
    settings,
    weights: { forecast: forecast.weights, classifier: classifier.weights },
    backend,
    rows: rows.count,
    anomalousRows: labels.reduce((sum, label) => sum + label, 0),
    losses: { forecast: forecast.losses, classifier: classifier.losses },
  };
}

function tooShort(seriesCount: number, settings: DetectorSettings): DriftbellError {
  return new DriftbellError('series.invalid', {
    expected: `at least one series with more than ${settings.historyWindows} windows without a gap`,
    received: `${seriesCount} series without one`,
    remedy: 'train on longer series',
  });
}

import { setImmediate } from 'node:timers/promises';
import {
  buildInputs,
  type CorpusOptions,
  calibrationCorpus,
  corpusRows,
  type DriftbellSettings,
  drawCorpus,
  emptyMeasures,
  fitCalibration,
  type HealthySeverity,
  kindAt,
  type NetworkWeights,
  readMeasures,
  shapeOf,
  type TailCalibration,
} from '../detection/index.ts';
import type { TailFactors } from '../domain/calibration.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';
import { type BackendName, startBackend } from './backend.ts';
import { createBandJudge } from './band-judge.ts';
import { fitRunFactors } from './fit-run-factors.ts';
import { cancelled } from './run-epochs.ts';
import { trainBand } from './train-band.ts';

export interface TrainDriftbellOptions {
  readonly settings: DriftbellSettings;
  readonly corpus: CorpusOptions;
  /** Real series to cut a half of the corpus from; values only. */
  readonly canvases?: readonly Float64Array[];
  readonly random: Random;
  readonly backend?: BackendName | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TrainedDriftbell {
  readonly settings: DriftbellSettings;
  /** There is no second network: severity alone decides until there are labels of real series. */
  readonly weights: NetworkWeights;
  readonly calibration: TailCalibration;
  /** Empty where kinds are not told apart. */
  readonly runFactors: TailFactors;
  readonly corpus: CorpusOptions;
  readonly backend: BackendName;
  readonly rows: number;
  readonly anomalousRows: number;
  readonly losses: { readonly forecast: readonly number[] };
}

/** Faults of a history are masked in half of the rows to learn from, and in all to calibrate on. */
const MASK_SHARE = 0.5;

/**
 * Corpora to calibrate on, one after the other in memory. One has 10,000 windows of the rarest kind of statistic and ten
 * beyond a tail of 0.1 %: kinds then differed three- to sixfold in what they let through by chance alone.
 */
const CALIBRATION_PARTS = 4;

/** The network on one corpus, then the tail probabilities on the healthy windows of further ones. */
export async function trainDriftbell(options: TrainDriftbellOptions): Promise<TrainedDriftbell> {
  const { settings, corpus, random, canvases } = options;
  const backend = await startBackend(options.backend);
  await listen(options.signal);
  const learned = corpusRows(drawCorpus(corpus, random, canvases), settings, { maskShare: MASK_SHARE, draws: random });
  const inputs = buildInputs(learned.rows, settings);
  const { weights: forecast, losses } = await trainBand(inputs, learned.labels, options);
  const weights = { forecast, classifier: new Float32Array() };
  const healthy: HealthySeverity[][] = [];
  while (healthy.length < CALIBRATION_PARTS) {
    await listen(options.signal);
    const fresh = corpusRows(drawCorpus(calibrationCorpus(corpus), random), settings, { maskShare: 1, draws: random });
    healthy.push(healthySeverities(fresh, weights, settings));
  }
  const calibration = fitCalibration(healthy.flat());
  const runFactors = settings.calibratesByKind ? await fitRunFactors({ settings, weights, calibration }, options) : {};
  return {
    settings,
    weights,
    calibration,
    runFactors,
    corpus,
    backend,
    rows: learned.rows.count,
    anomalousRows: learned.labels.reduce((sum, label) => sum + label, 0),
    losses: { forecast: losses },
  };
}

/** A corpus is drawn in one go: a request to stop is heard before it. */
async function listen(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw cancelled(signal.reason);
}

function healthySeverities(
  { rows, labels }: ReturnType<typeof corpusRows>,
  weights: NetworkWeights,
  settings: DriftbellSettings,
): HealthySeverity[] {
  const judge = createBandJudge({ settings, weights, calibration: [] }, false);
  const { severity } = judge.judge(rows);
  judge.dispose();
  const { measures, isForecast } = buildInputs(rows, settings);
  const healthy: HealthySeverity[] = [];
  const measured = emptyMeasures();
  severity.forEach((value, row) => {
    if (labels[row] === 1 || isForecast[row] === 0 || Number.isNaN(value)) return;
    const shape = shapeOf(readMeasures(measures, row, measured));
    healthy.push({ kind: kindAt(rows, row), shape, severity: value });
  });
  return healthy;
}

import {
  classifyRows,
  type DetectorSettings,
  forecastRows,
  type HistoryRows,
  type NetworkWeights,
} from '../detection/index.ts';
import { isDriftbellError } from '../domain/errors.ts';
import type { JudgementResult } from '../ports/detector.ts';
import { type BackendName, startBackend } from './backend.ts';
import { createPredictor, judgeRows, type Predictor } from './predict.ts';

/** `plain` runs the networks without TensorFlow.js. */
export type JudgeBackend = BackendName | 'plain';

export interface JudgeSetup {
  readonly settings: DetectorSettings;
  readonly weights: NetworkWeights;
  /** Default: the first TensorFlow.js backend that starts, else `plain`. */
  readonly backend?: JudgeBackend | undefined;
}

/** Both networks in the thread that calls it. */
export interface LocalJudge {
  judge(rows: HistoryRows): JudgementResult;
  close(): void;
}

export async function createLocalJudge(setup: JudgeSetup): Promise<LocalJudge> {
  const predictor = await startPredictor(setup);
  return {
    judge: (rows) => judgeRows(predictor, rows, setup.settings),
    close: () => predictor.dispose(),
  };
}

async function startPredictor({ settings, weights, backend }: JudgeSetup): Promise<Predictor> {
  if (backend === 'plain') return plainPredictor(settings, weights);
  try {
    await startBackend(backend);
  } catch (thrown) {
    if (backend === undefined && isDriftbellError(thrown)) return plainPredictor(settings, weights);
    throw thrown;
  }
  return createPredictor(settings, weights);
}

function plainPredictor(settings: DetectorSettings, weights: NetworkWeights): Predictor {
  return {
    forecast: ({ inputs, irregularity }) => forecastRows(inputs, irregularity, weights, settings),
    classify: (deviations) => classifyRows(deviations, weights, settings),
    dispose() {},
  };
}

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

/** A trained pair of networks. */
export interface NetworkPair {
  readonly settings: DetectorSettings;
  readonly weights: NetworkWeights;
}

export interface JudgeSetup extends NetworkPair {
  /** A second pair, for shorter histories. */
  readonly shortTerm?: NetworkPair | undefined;
  /** Default: the first TensorFlow.js backend that starts, else `plain`. */
  readonly backend?: JudgeBackend | undefined;
}

/** The networks in the thread that calls it. */
export interface LocalJudge {
  /** `historyWindows`: width of the histories, which is that of one of the pairs. */
  judge(rows: HistoryRows, historyWindows: number): JudgementResult;
  close(): void;
}

export async function createLocalJudge(setup: JudgeSetup): Promise<LocalJudge> {
  const create = await chooseNetworks(setup.backend);
  const pairs = [setup, ...(setup.shortTerm === undefined ? [] : [setup.shortTerm])];
  const ready = new Map(pairs.map((pair) => [pair.settings.historyWindows, { pair, predictor: create(pair) }]));
  return {
    judge(rows, historyWindows) {
      const found = ready.get(historyWindows);
      if (found === undefined) throw new RangeError(`no networks for histories of ${historyWindows} windows`);
      return judgeRows(found.predictor, rows, found.pair.settings);
    },
    close() {
      for (const { predictor } of ready.values()) predictor.dispose();
    },
  };
}

async function chooseNetworks(backend: JudgeBackend | undefined): Promise<(pair: NetworkPair) => Predictor> {
  if (backend === 'plain') return plainPredictor;
  try {
    await startBackend(backend);
  } catch (thrown) {
    if (backend === undefined && isDriftbellError(thrown)) return plainPredictor;
    throw thrown;
  }
  return ({ settings, weights }) => createPredictor(settings, weights);
}

function plainPredictor({ settings, weights }: NetworkPair): Predictor {
  return {
    forecast: ({ inputs, irregularity }) => forecastRows(inputs, irregularity, weights, settings),
    classify: (deviations) => classifyRows(deviations, weights, settings),
    dispose() {},
  };
}

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
import { type BandSetup, createBandJudge } from './band-judge.ts';
import { createPredictor, judgeRows, type Predictor } from './predict.ts';

/** `plain` runs the networks without TensorFlow.js. */
export type JudgeBackend = BackendName | 'plain';

/** A trained pair of networks. */
export interface NetworkPair {
  readonly settings: DetectorSettings;
  readonly weights: NetworkWeights;
}

/** Networks of the paper or of its released code. */
export interface PairSetup extends NetworkPair {
  /** A second pair, for shorter histories. */
  readonly shortTerm?: NetworkPair | undefined;
}

export type JudgeSetup = (PairSetup | BandSetup) & {
  /** Default: the first TensorFlow.js backend that starts, else `plain`. */
  readonly backend?: JudgeBackend | undefined;
};

/** The networks in the thread that calls it. */
export interface LocalJudge {
  /** `historyWindows`: width of the histories, which is that of one of the pairs. */
  judge(rows: HistoryRows, historyWindows: number): JudgementResult;
  close(): void;
}

export async function createLocalJudge(setup: JudgeSetup): Promise<LocalJudge> {
  const isPlain = await isWithoutBackend(setup.backend);
  if ('calibration' in setup) {
    const judge = createBandJudge(setup, isPlain);
    return { judge: (rows) => judge.judge(rows), close: () => judge.dispose() };
  }
  const create = isPlain ? plainPredictor : ({ settings, weights }: NetworkPair) => createPredictor(settings, weights);
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

async function isWithoutBackend(backend: JudgeBackend | undefined): Promise<boolean> {
  if (backend === 'plain') return true;
  try {
    await startBackend(backend);
    return false;
  } catch (thrown) {
    if (backend === undefined && isDriftbellError(thrown)) return true;
    throw thrown;
  }
}

function plainPredictor({ settings, weights }: NetworkPair): Predictor {
  return {
    forecast: ({ inputs, irregularity }) => forecastRows(inputs, irregularity, weights, settings),
    classify: (deviations) => classifyRows(deviations, weights, settings),
    dispose() {},
  };
}

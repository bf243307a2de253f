import type { DetectorSettings, HistoryRows, NetworkWeights } from '../detection/index.ts';
import type { JudgementResult } from '../ports/detector.ts';
import { type BackendName, startBackend } from './backend.ts';
import { createPredictor, judgeRows } from './predict.ts';

export interface JudgeSetup {
  readonly settings: DetectorSettings;
  readonly weights: NetworkWeights;
  readonly backend?: BackendName | undefined;
}

/** Both networks in the thread that calls it. */
export interface LocalJudge {
  judge(rows: HistoryRows): JudgementResult;
  close(): void;
}

export async function createLocalJudge(setup: JudgeSetup): Promise<LocalJudge> {
  await startBackend(setup.backend);
  const predictor = createPredictor(setup.settings, setup.weights);
  return {
    judge: (rows) => judgeRows(predictor, rows, setup.settings),
    close: () => predictor.dispose(),
  };
}

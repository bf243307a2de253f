import { workerData } from 'piscina';
import type { HistoryRows } from '../detection/index.ts';
import type { JudgementResult } from '../ports/detector.ts';
import { createLocalJudge, type JudgeSetup } from './local-judge.ts';

// One backend and one copy of the weights for the life of the thread.
const ready = createLocalJudge(workerData as JudgeSetup);

/** A piece of a batch. */
export interface JudgementPiece {
  readonly rows: HistoryRows;
  readonly historyWindows: number;
}

/** What a worker thread does with a piece. */
export async function judgePiece({ rows, historyWindows }: JudgementPiece): Promise<JudgementResult> {
  const judge = await ready;
  return judge.judge(rows, historyWindows);
}

import {
  buildInputs,
  type DriftbellSettings,
  type HistoryRows,
  judgeInputs,
  type NetworkWeights,
  type TailCalibration,
} from '../detection/index.ts';
import type { JudgementResult } from '../ports/detector.ts';
import { type BandNetwork, createBandNetwork } from './band-network.ts';

/** Rows that are worked on at once: inputs of 2 MB stay near the processor. */
const PIECE_ROWS = 8_192;

/** A trained detector of our own in the calling thread. */
export interface BandSetup {
  readonly settings: DriftbellSettings;
  readonly weights: NetworkWeights;
  readonly calibration: TailCalibration;
  /** One network serves histories of any length. */
  readonly shortTerm?: undefined;
}

export interface BandJudge {
  judge(rows: HistoryRows): JudgementResult;
  dispose(): void;
}

export function createBandJudge(setup: BandSetup, isPlain: boolean): BandJudge {
  const network = createBandNetwork(setup.settings, setup.weights.forecast, isPlain);
  return {
    judge: (rows) => judgePieces(network, rows, setup),
    dispose: () => network.dispose(),
  };
}

function judgePieces(network: BandNetwork, rows: HistoryRows, setup: BandSetup): JudgementResult {
  const unknown = () => new Float64Array(rows.count);
  const result: JudgementResult = {
    baseline: unknown(),
    lower: unknown(),
    upper: unknown(),
    score: unknown(),
    severity: unknown(),
    tail: unknown(),
  };
  for (let from = 0; from < rows.count; from += PIECE_ROWS) {
    const piece = viewRows(rows, from, Math.min(rows.count, from + PIECE_ROWS), setup.settings.historyWindows);
    const inputs = buildInputs(piece, setup.settings);
    const judged = judgeInputs(piece, inputs, network.run(inputs.inputs, piece.count), setup);
    for (const part of ['baseline', 'lower', 'upper', 'score', 'severity', 'tail'] as const) {
      result[part].set(judged[part], from);
    }
  }
  return result;
}

function viewRows(rows: HistoryRows, from: number, to: number, historyWindows: number): HistoryRows {
  return {
    count: to - from,
    histories: rows.histories.subarray(from * historyWindows, to * historyWindows),
    values: rows.values.subarray(from, to),
    daysOfWeek: rows.daysOfWeek.subarray(from, to),
    ...(rows.rows && { rows: rows.rows.subarray(from, to) }),
    ...(rows.kinds && { kinds: rows.kinds.subarray(from, to) }),
  };
}

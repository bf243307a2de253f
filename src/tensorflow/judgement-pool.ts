import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import type { HistoryRows } from '../detection/index.ts';
import type { JudgementResult } from '../ports/detector.ts';
import type { JudgementPiece } from './judgement-worker.ts';
import type { JudgeSetup } from './local-judge.ts';
import { cancelled } from './run-epochs.ts';

/** Rows of one task: large enough to hide the copy between threads, small enough to share a batch between two. */
const PIECE_ROWS = 16_384;
/** A thread that has had nothing to do for this long ends and frees its memory. */
const IDLE_TIMEOUT_MS = 30_000;

export interface JudgementPool {
  judge(rows: HistoryRows, historyWindows: number, signal?: AbortSignal): Promise<JudgementResult>;
  close(): Promise<void>;
}

/** Worker threads with a backend each; none is started before the first task. */
export function createJudgementPool(setup: JudgeSetup, threads = availableParallelism()): JudgementPool {
  const pool = new Piscina({
    ...workerModule(),
    workerData: setup,
    name: 'judgePiece',
    minThreads: 0,
    maxThreads: Math.max(1, threads),
    idleTimeout: IDLE_TIMEOUT_MS,
  });
  return {
    async judge(rows, historyWindows, signal) {
      const pieces: Promise<JudgementResult>[] = [];
      for (let from = 0; from < rows.count; from += PIECE_ROWS) {
        const piece: JudgementPiece = {
          rows: cutRows(rows, from, Math.min(rows.count, from + PIECE_ROWS), historyWindows),
          historyWindows,
        };
        const options = { transferList: buffersOf(piece.rows), ...(signal && { signal }) };
        pieces.push(pool.run(piece, options) as Promise<JudgementResult>);
      }
      try {
        return joinResults(rows.count, await Promise.all(pieces));
      } catch (thrown) {
        if (signal?.aborted) throw cancelled(thrown);
        throw thrown;
      }
    },
    close: () => pool.destroy(),
  };
}

/** From source the worker is TypeScript and its thread needs tsx; compiled it is plain JavaScript beside this file. */
function workerModule(): { filename: string; execArgv?: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  const filename = fileURLToPath(new URL(`./judgement-worker.${isSource ? 'ts' : 'js'}`, import.meta.url));
  if (!isSource) return { filename };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { filename, execArgv: ['--import', loader] };
}

function cutRows(rows: HistoryRows, from: number, to: number, historyWindows: number): HistoryRows {
  return {
    count: to - from,
    histories: rows.histories.slice(from * historyWindows, to * historyWindows),
    values: rows.values.slice(from, to),
    daysOfWeek: rows.daysOfWeek.slice(from, to),
    ...(rows.rows && { rows: rows.rows.slice(from, to) }),
    ...(rows.kinds && { kinds: rows.kinds.slice(from, to) }),
  };
}

/** The piece is a copy of its own, so that its memory can change threads instead of being copied once more. */
function buffersOf({ histories, values, daysOfWeek, rows, kinds }: HistoryRows): ArrayBuffer[] {
  return [histories, values, daysOfWeek, rows, kinds].flatMap((part) =>
    part === undefined ? [] : [part.buffer as ArrayBuffer],
  );
}

function joinResults(count: number, pieces: readonly JudgementResult[]): JudgementResult {
  const joined: JudgementResult = {
    baseline: new Float64Array(count),
    lower: new Float64Array(count),
    upper: new Float64Array(count),
    score: new Float64Array(count),
    severity: new Float64Array(count),
    tail: new Float64Array(count),
  };
  let offset = 0;
  for (const piece of pieces) {
    joined.baseline.set(piece.baseline, offset);
    joined.lower.set(piece.lower, offset);
    joined.upper.set(piece.upper, offset);
    joined.score.set(piece.score, offset);
    joined.severity.set(piece.severity, offset);
    joined.tail.set(piece.tail, offset);
    offset += piece.score.length;
  }
  return joined;
}

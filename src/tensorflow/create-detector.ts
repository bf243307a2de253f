import type { DetectorManifest } from '../domain/detector.ts';
import type { Detector, JudgementBatch, JudgementResult } from '../ports/detector.ts';
import { loadDetector } from './detector-folder.ts';
import { createJudgementPool } from './judgement-pool.ts';
import { createLocalJudge, type JudgeBackend, type JudgeSetup } from './local-judge.ts';
import { cancelled } from './run-epochs.ts';

export interface DetectorOptions {
  /** Default: the first that starts of native, WebAssembly, TensorFlow.js's own JavaScript, plain loops. */
  readonly backend?: JudgeBackend;
  /** Worker threads for large batches; default: one per core. 0 judges everything in the calling thread. */
  readonly threads?: number;
}

/** Batches below this are judged in the calling thread: a few milliseconds, less than a thread needs to wake up. */
export const WORKER_MIN_ROWS = 2_048;

/** A trained detector from its folder. Throws `detector.invalid`, `detector.backend`. */
export async function createDetector(folder: string, options: DetectorOptions = {}): Promise<Detector> {
  const { manifest, ...networks } = await loadDetector(folder);
  return createDetectorFrom(manifest, { ...networks, backend: options.backend }, options);
}

/** The same from memory, to measure a detector before it is written. */
export async function createDetectorFrom(
  manifest: DetectorManifest,
  setup: JudgeSetup,
  options: DetectorOptions = {},
): Promise<Detector> {
  const local = await createLocalJudge(setup);
  const pool = options.threads === 0 ? undefined : createJudgementPool(setup, options.threads);
  const judgeWith =
    (historyWindows: number) =>
    async (batch: JudgementBatch, signal?: AbortSignal): Promise<JudgementResult> => {
      if (signal?.aborted) throw cancelled(signal.reason);
      if (pool === undefined || batch.count < WORKER_MIN_ROWS) return local.judge(batch, historyWindows);
      return pool.judge(batch, historyWindows, signal);
    };
  const short = setup.shortTerm?.settings.historyWindows;
  return {
    manifest,
    judge: judgeWith(manifest.historyWindows),
    ...(short === undefined ? {} : { shortTerm: { historyWindows: short, judge: judgeWith(short) } }),
    async close() {
      local.close();
      await pool?.close();
    },
  };
}

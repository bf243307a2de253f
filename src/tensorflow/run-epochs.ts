import { setImmediate } from 'node:timers/promises';
import type { DetectorSettings } from '../detection/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';

export interface EpochOptions {
  readonly rows: number;
  readonly settings: Pick<DetectorSettings, 'epochs' | 'batchSize' | 'learningRate' | 'finalLearningRate'>;
  readonly random: Random;
  readonly step: string;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Batches between two looks at the event loop: about 10 ms, so that a signal is heard at once. */
const BATCHES_PER_TURN = 16;

/** Passes over shuffled rows; `trainBatch` gets row numbers and returns its mean loss. Gives the mean loss of every pass. */
export async function runEpochs(
  options: EpochOptions,
  trainBatch: (rows: Uint32Array, learningRate: number) => number,
): Promise<readonly number[]> {
  const order = Uint32Array.from({ length: options.rows }, (_, index) => index);
  const { epochs, batchSize, learningRate, finalLearningRate } = options.settings;
  const total = epochs * Math.ceil(options.rows / batchSize);
  const losses: number[] = [];
  let batches = 0;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, options.random);
    let sum = 0;
    for (let start = 0; start < options.rows; start += batchSize) {
      const batch = order.subarray(start, Math.min(options.rows, start + batchSize));
      const rate = learningRate + (finalLearningRate - learningRate) * (batches / total);
      sum += trainBatch(batch, rate) * batch.length;
      batches += 1;
      if (batches % BATCHES_PER_TURN === 0) await setImmediate();
      if (options.signal?.aborted) throw cancelled(options.signal.reason);
    }
    losses.push(sum / options.rows);
    options.progress?.(epoch + 1, epochs, options.step);
  }
  return losses;
}

export function cancelled(cause: unknown): DriftbellError {
  return new DriftbellError('cancelled', {
    expected: 'the work to go on to its end',
    received: 'a request to stop',
    remedy: 'start it again; nothing was written',
    cause,
  });
}

function shuffle(order: Uint32Array, random: Random): void {
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = random.integer(0, index);
    const kept = order[index] ?? 0;
    order[index] = order[other] ?? 0;
    order[other] = kept;
  }
}

import type { EpochMs } from '../domain/identifiers.ts';
import type { Stores } from '../ports/stores.ts';
import { type RunnerDeps, runJob } from './runner.ts';

/** Name of the job that learns from votes, in the table of runs. */
export const LEARNING_JOB = 'learning';

/** Some thousand labels take minutes. */
const LEARNING_TIMEOUT_MS = 30 * 60_000;
/** A bot that was down at night makes up for it when it starts. */
const OLDEST_MS = 86_400_000;

export interface LearningJobDeps<Outcome> extends RunnerDeps {
  readonly learning: { readonly learn: (options: { readonly signal: AbortSignal }) => Promise<Outcome> };
}

interface Learned {
  readonly step: string;
  readonly lifted: number;
  readonly expected: number;
}

/** Undefined when the same is under way elsewhere. */
export function learnNow<Outcome extends Learned>(
  deps: LearningJobDeps<Outcome>,
  signal?: AbortSignal,
): Promise<Outcome | undefined> {
  return runJob(
    deps,
    {
      name: LEARNING_JOB,
      timeoutMs: LEARNING_TIMEOUT_MS,
      work: (stop) => deps.learning.learn({ signal: stop }),
      counts: ({ step, lifted, expected }) => ({
        promoted: Number(step === 'promoted'),
        refused: Number(step === 'refused'),
        lifted,
        expected,
      }),
    },
    signal,
  );
}

/** The same when it has not been done well for a day. */
export async function catchUpLearning<Outcome extends Learned>(
  deps: LearningJobDeps<Outcome>,
  signal?: AbortSignal,
): Promise<void> {
  if (isDue(deps.stores, deps.clock.now())) await learnNow(deps, signal);
}

function isDue({ runs }: Pick<Stores, 'runs'>, now: EpochMs): boolean {
  const last = runs.latest(LEARNING_JOB);
  return last?.outcome !== 'ok' || now - last.startedAt >= OLDEST_MS;
}

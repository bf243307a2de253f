import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { DriftbellError } from '../domain/errors.ts';
import type { BaseSet, Learner } from '../ports/learner.ts';
import type { LearnerSetup } from './learner-worker.ts';

/** Learning comes once a night: its thread ends soon after. */
const IDLE_TIMEOUT_MS = 5_000;

/** One worker thread, which is started by the first task and ended by a signal in the middle of one. */
export function createLearner(setup: LearnerSetup): Learner {
  const pool = new Piscina({
    ...workerModule(),
    workerData: setup,
    name: 'baseSet',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_TIMEOUT_MS,
  });
  let base: BaseSet | undefined;

  async function run<Result>(name: string, task: unknown, signal: AbortSignal | undefined): Promise<Result> {
    try {
      return (await pool.run(task, { name, ...(signal && { signal }) })) as Result;
    } catch (thrown) {
      throw signal?.aborted === true ? cancelled(thrown) : thrown;
    }
  }

  return {
    async baseSet(signal) {
      base ??= await run<BaseSet>('baseSet', undefined, signal);
      return base;
    },
    fitNetwork: (rows, seed, signal) => run('fitNetwork', { rows, seed }, signal),
    close: () => pool.destroy(),
  };
}

function cancelled(cause: unknown): DriftbellError {
  return new DriftbellError('cancelled', {
    expected: 'learning to go on to its end',
    received: 'a request to stop',
    remedy: 'start it again; what was in force still is',
    cause,
  });
}

/** From source the worker is TypeScript and its thread needs tsx; compiled it is plain JavaScript beside this file. */
function workerModule(): { filename: string; execArgv?: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  const filename = fileURLToPath(new URL(`./learner-worker.${isSource ? 'ts' : 'js'}`, import.meta.url));
  if (!isSource) return { filename };
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return { filename, execArgv: ['--import', loader] };
}

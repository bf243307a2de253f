import type { CalibrationChange } from '../domain/calibration.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Stores } from '../ports/stores.ts';
import { type RunnerDeps, runJob } from './runner.ts';

/** Name of the job that calibrates tail probabilities anew, in the table of runs. */
export const CALIBRATION_JOB = 'calibration';

/** A quarter of some million series is counted in minutes. */
const CALIBRATION_TIMEOUT_MS = 60 * 60_000;
/** A bot that was down at the time of the job makes up for it when it starts: the default is once a week. */
const OLDEST_MS = 7 * 86_400_000;

export interface CalibrationJobDeps extends RunnerDeps {
  readonly calibrate: (options: { readonly signal: AbortSignal }) => Promise<readonly CalibrationChange[]>;
}

/** What has changed, by kind of statistic; undefined when the same is under way elsewhere. */
export function calibrate(
  deps: CalibrationJobDeps,
  signal?: AbortSignal,
): Promise<readonly CalibrationChange[] | undefined> {
  return runJob(
    deps,
    {
      name: CALIBRATION_JOB,
      timeoutMs: CALIBRATION_TIMEOUT_MS,
      work: (stop) => deps.calibrate({ signal: stop }),
      counts: countsOf,
      isSkipped: (changes) => changes.length === 0,
    },
    signal,
  );
}

/** The same when it has not been done well for a week. */
export async function catchUpCalibration(deps: CalibrationJobDeps, signal?: AbortSignal): Promise<void> {
  if (isDue(deps.stores, deps.clock.now())) await calibrate(deps, signal);
}

function isDue({ runs }: Pick<Stores, 'runs'>, now: EpochMs): boolean {
  const last = runs.latest(CALIBRATION_JOB);
  return last?.outcome !== 'ok' || now - last.startedAt >= OLDEST_MS;
}

function countsOf(changes: readonly CalibrationChange[]): Record<string, number> {
  const windows = changes.reduce((sum, { calibration }) => sum + calibration.windows, 0);
  const leftOut = changes.reduce((sum, { calibration }) => sum + calibration.leftOut, 0);
  return { kinds: changes.length, windows, leftOut };
}

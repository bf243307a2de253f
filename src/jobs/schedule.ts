import { type ScheduledTask, schedule as scheduleCron, validate } from 'node-cron';
import { DriftbellError, describeThrown } from '../domain/errors.ts';
import type { Logger } from '../ports/logger.ts';

export interface ScheduledJob {
  readonly name: string;
  /** Cron expression of five fields, read in `zone`. */
  readonly expression: string;
  readonly zone: string;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

export interface Schedule {
  /** Adds a job, or replaces the one of the same name. Throws `config.invalid` for a malformed expression. */
  put(job: ScheduledJob): void;
  remove(name: string): void;
  /** Names of the jobs, and when each runs next (epoch milliseconds, where known). */
  next(): readonly { readonly name: string; readonly at: number | null }[];
  /** Ends all timers, asks running jobs to stop and waits for them. */
  stop(): Promise<void>;
}

/** Timers of node-cron around jobs that never overlap with themselves and whose failure ends nothing but the run. */
export function createSchedule(logger: Logger): Schedule {
  const tasks = new Map<string, ScheduledTask>();
  const running = new Map<string, Promise<unknown>>();
  const stopping = new AbortController();

  async function runOnce(job: ScheduledJob): Promise<void> {
    if (running.has(job.name) || stopping.signal.aborted) return;
    const run = job.run(stopping.signal).catch((thrown: unknown) => {
      logger.error(
        { job: job.name, error: describeThrown(thrown) },
        'A scheduled job failed; it runs again next time.',
      );
    });
    running.set(job.name, run);
    await run;
    running.delete(job.name);
  }

  function remove(name: string): void {
    const task = tasks.get(name);
    tasks.delete(name);
    if (task !== undefined) void Promise.resolve(task.destroy());
  }

  return {
    put(job) {
      if (!validate(job.expression)) {
        throw new DriftbellError('config.invalid', {
          expected: 'a cron expression of five fields such as `5 * * * *`',
          received: JSON.stringify(job.expression),
          remedy: 'write minute, hour, day of month, month and day of week',
        });
      }
      remove(job.name);
      tasks.set(
        job.name,
        scheduleCron(job.expression, () => runOnce(job), { timezone: job.zone, name: job.name }),
      );
    },
    remove,
    next: () => [...tasks].map(([name, task]) => ({ name, at: task.getNextRun()?.getTime() ?? null })),
    async stop() {
      stopping.abort();
      for (const name of [...tasks.keys()]) remove(name);
      await Promise.allSettled(running.values());
    },
  };
}

import type { RunId } from '../domain/identifiers.ts';
import { LEASE_MS, RENEWED_EVERY_MS, type RunnerDeps } from './runner.ts';

/** Name under which a bot holds its database, in the table of runs. */
export const PROCESS_JOB = 'process';

export interface HeldDatabase {
  release(): void;
}

/**
 * Says of a bot that it lives, and warns when another one does on the same database: leases keep them from doing the same
 * work twice, but each would post from its own outbox. Never keeps a bot from starting.
 */
export function holdDatabase({ stores, clock, logger }: RunnerDeps): HeldDatabase {
  let id: RunId | undefined = begin();
  if (id === undefined) {
    logger.warn(
      {},
      'Another Driftbell works with this database, or was killed less than two minutes ago. Stop one of them: both would post.',
    );
  }
  const heartbeat = setInterval(() => {
    try {
      if (id === undefined || !stores.runs.renew(id, clock.now() + LEASE_MS)) id = begin();
    } catch {
      // A locked or full database is told by the jobs that need it.
    }
  }, RENEWED_EVERY_MS);
  heartbeat.unref();

  function begin(): RunId | undefined {
    return stores.runs.begin({ job: PROCESS_JOB, at: clock.now(), leaseMs: LEASE_MS });
  }

  return {
    release() {
      clearInterval(heartbeat);
      if (id !== undefined) stores.runs.end(id, 'ok', clock.now(), {});
    },
  };
}

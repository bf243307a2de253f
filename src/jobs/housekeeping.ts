import type { PrunedTable, Stores } from '../ports/stores.ts';
import { oldestKept } from './ready-windows.ts';
import { type RunnerDeps, runJob } from './runner.ts';

/** Name of the job that removes what is old, in the table of runs. */
export const HOUSEKEEPING_JOB = 'housekeeping';
/** Once a day, in an hour in which few look and no full hour's checks begin. */
export const HOUSEKEEPING_SCHEDULE = '17 3 * * *';

/** Rows of one transaction: others wait for it some hundredths of a second at most. */
const ROWS_PER_SLICE = 1_000;
/** Between two of them, so that presses and checks come in. */
const PAUSE_MS = 20;
const HOUSEKEEPING_TIMEOUT_MS = 60 * 60_000;

export interface HousekeepingDeps extends RunnerDeps {
  readonly stores: Pick<Stores, 'runs' | 'retention'>;
  /** 0, or absent: everything is kept. */
  readonly retentionDays?: number;
}

/** Removes what is older than is kept, a little at a time; the rows removed, by table. */
export async function keepHouse(
  deps: HousekeepingDeps,
  signal?: AbortSignal,
): Promise<Readonly<Partial<Record<PrunedTable, number>>>> {
  const { stores, clock, logger } = deps;
  const beforeMs = oldestKept(deps, clock.now());
  if (!Number.isFinite(beforeMs)) return {};
  const removed = await runJob(
    deps,
    {
      name: HOUSEKEEPING_JOB,
      timeoutMs: HOUSEKEEPING_TIMEOUT_MS,
      async work(stop) {
        const counts: Partial<Record<PrunedTable, number>> = {};
        for (const { table, rows } of stores.retention.prune({ beforeMs, rowsPerSlice: ROWS_PER_SLICE })) {
          if (rows > 0) counts[table] = (counts[table] ?? 0) + rows;
          await clock.sleep(PAUSE_MS, stop);
        }
        return counts;
      },
      counts: (counts) => counts,
    },
    signal,
  );
  if (removed === undefined || Object.keys(removed).length === 0) return {};
  logger.info({ removed, olderThanDays: deps.retentionDays }, 'Housekeeping removed what is older than is kept.');
  return removed;
}

import type { StatisticsEngine } from '../../ports/statistics-engine.ts';
import { DEFAULT_THREADS, type DuckdbOptions, withConnection } from './connection.ts';
import { describeSource } from './describe.ts';
import { cancelled, isInterruption } from './engine-error.ts';
import { profileSource } from './profile.ts';
import { readTimeRange } from './time-range.ts';

/** Statistics of Parquet, CSV and JSONL files with the embedded DuckDB. Each call has an engine of its own. */
export function createDuckdbEngine(options: DuckdbOptions = {}): StatisticsEngine {
  const threads = options.threads ?? DEFAULT_THREADS;
  return {
    describe: (source, signal) => stoppable(withConnection(options, signal, (query) => describeSource(source, query))),
    timeRange: (plan, signal) => stoppable(withConnection(options, signal, (query) => readTimeRange(plan, query))),
    profile: (plan, windows, { signal, progress } = {}) =>
      stoppable(
        withConnection(options, signal, (query) =>
          profileSource(plan, windows, { query, threads, ...(progress === undefined ? {} : { progress }) }),
        ),
      ),
  };
}

async function stoppable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    throw isInterruption(thrown) ? cancelled(thrown) : thrown;
  }
}

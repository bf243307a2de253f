import { isDriftbellError } from '../../domain/errors.ts';
import type { StatisticsEngine } from '../../ports/statistics-engine.ts';
import { DEFAULT_THREADS, type DuckdbOptions, withConnection } from './connection.ts';
import { describeSource } from './describe.ts';
import { cancelled, isInterruption } from './engine-error.ts';
import { openProfile } from './profile.ts';
import { readRows } from './read-rows.ts';
import { readTimeRange } from './time-range.ts';

/** Statistics of Parquet, CSV and JSONL files with the embedded DuckDB. Each call has an engine of its own. */
export function createDuckdbEngine(options: DuckdbOptions = {}): StatisticsEngine {
  const threads = options.threads ?? DEFAULT_THREADS;
  const open: StatisticsEngine['open'] = (plan, windows, { signal, work }) =>
    stoppable(
      withConnection(options, signal, async (query) => work(await openProfile(plan, windows, { query, threads }))),
    );
  return {
    describe: (source, signal) => stoppable(withConnection(options, signal, (query) => describeSource(source, query))),
    readRows: (source, columns, { mostRows, signal }) =>
      stoppable(withConnection(options, signal, (query) => readRows(source, columns, { mostRows, query }))),
    timeRange: (plan, { latestMs, signal } = {}) =>
      stoppable(withConnection(options, signal, (query) => readTimeRange(plan, query, latestMs))),
    profile: async (plan, windows, { signal, progress } = {}) =>
      windows.length === 0
        ? []
        : open(plan, windows, {
            ...(signal === undefined ? {} : { signal }),
            work: (opened) => opened.profile(windows, progress === undefined ? {} : { progress }),
          }),
    open,
  };
}

async function stoppable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    throw isInterruption(thrown) && !isDriftbellError(thrown) ? cancelled(thrown) : thrown;
  }
}

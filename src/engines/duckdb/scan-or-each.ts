import { isInterruption } from './engine-error.ts';
import type { PlanColumn } from './read-aggregate.ts';
import type { Reading, Scanning } from './scanning.ts';

/** Tries the ordinary reading, and where a cell breaks it, the tolerant one. */
export async function withTolerance<T>(scanning: Scanning, work: (reading: Reading) => Promise<T>): Promise<T> {
  try {
    return await work(scanning.reading);
  } catch (thrown) {
    const tolerant = isInterruption(thrown) ? undefined : await scanning.tolerant();
    if (tolerant === undefined) throw thrown;
    return work(tolerant);
  }
}

/** Scans columns together, and when that fails each on its own, so that only the bad one is lost. */
export async function scanOrEach<T>(
  scanning: Scanning,
  columns: readonly PlanColumn[],
  of: {
    readonly scan: (reading: Reading, columns: readonly PlanColumn[]) => Promise<T[]>;
    readonly failed: (column: PlanColumn, thrown: unknown) => T[];
  },
): Promise<T[]> {
  if (columns.length === 0) return [];
  try {
    return await of.scan(scanning.reading, columns);
  } catch (thrown) {
    if (isInterruption(thrown)) throw thrown;
  }
  const results: T[] = [];
  for (const column of columns) {
    try {
      results.push(...(await withTolerance(scanning, (reading) => of.scan(reading, [column]))));
    } catch (thrown) {
      if (isInterruption(thrown)) throw thrown;
      results.push(...of.failed(column, thrown));
    }
  }
  return results;
}

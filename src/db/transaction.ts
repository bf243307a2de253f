import { DriftbellError } from '../domain/errors.ts';
import type { Client } from './client.ts';
import { storeFailure } from './sqlite-failure.ts';

/**
 * All or nothing; a transaction inside another is a savepoint. It takes the write lock at once, since a reader that
 * turns writer fails when another process wrote in between.
 */
export function transaction<T>(client: Client, work: () => T): T {
  const run = client.sqlite.transaction((): T => {
    const result = work();
    if (isPromise(result)) {
      throw new DriftbellError('store.failed', {
        expected: 'a transaction that ends before it returns',
        received: 'a promise, whose later writes would be outside of it',
        remedy: 'do the waiting before or after the transaction; this is a bug of Driftbell',
      });
    }
    return result;
  });
  try {
    return run.immediate();
  } catch (thrown) {
    throw storeFailure(thrown, 'a transaction');
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

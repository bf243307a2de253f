import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { cancelled } from './engine-error.ts';

export interface DuckdbOptions {
  /** Memory for the engine's own buffers, as DuckDB writes it: `512MB`, `2GB`. Default 1GB. */
  readonly memoryLimit?: string;
  /** Default 2, at least 1. */
  readonly threads?: number;
}

export const DEFAULT_THREADS = 2;
const DEFAULT_MEMORY_LIMIT = '1GB';

export type Row = Readonly<Record<string, DuckDBValue>>;

/** Runs one statement and gives its rows. */
export type Query = (sql: string) => Promise<readonly Row[]>;

/**
 * An embedded engine for the length of `work`: nothing outlives it. Its session zone is UTC, so that a timestamp
 * without a zone is UTC; what does not fit into memory spills to a folder of its own.
 */
export async function withConnection<T>(
  options: DuckdbOptions,
  signal: AbortSignal | undefined,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw cancelled(signal.reason);
  const spill = await mkdtemp(join(tmpdir(), 'driftbell-spill-'));
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
      threads: String(options.threads ?? DEFAULT_THREADS),
      temp_directory: spill,
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
    });
    try {
      const connection = await instance.connect();
      const interrupt = () => connection.interrupt();
      signal?.addEventListener('abort', interrupt);
      try {
        await connection.run("SET TimeZone = 'UTC'");
        return await work(async (sql) => {
          if (signal?.aborted) throw cancelled(signal.reason);
          return (await connection.runAndReadAll(sql)).getRowObjects();
        });
      } finally {
        signal?.removeEventListener('abort', interrupt);
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  } finally {
    await rm(spill, { recursive: true, force: true });
  }
}

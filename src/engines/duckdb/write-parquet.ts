import { rename, rm } from 'node:fs/promises';
import { type DuckdbOptions, withConnection } from './connection.ts';
import { quoteText } from './sql/quote.ts';
import { toCount } from './values.ts';

/** Writes the rows of a query as one Parquet file, whole or not at all; the number of rows. */
export async function writeParquet(sql: string, path: string, options: DuckdbOptions = {}): Promise<number> {
  const unfinished = `${path}.unfinished`;
  try {
    const rows = await withConnection(options, undefined, (query) =>
      query(`COPY (${sql}) TO ${quoteText(unfinished)} (FORMAT parquet, COMPRESSION zstd)`),
    );
    await rename(unfinished, path);
    return toCount(rows[0]?.Count);
  } finally {
    await rm(unfinished, { force: true });
  }
}

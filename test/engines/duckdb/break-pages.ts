import { readFileSync, writeFileSync } from 'node:fs';
import { withConnection } from '../../../src/engines/duckdb/connection.ts';
import { toCount } from '../../../src/engines/duckdb/values.ts';

/** Overwrites the pages of one column in one row group of a Parquet file, so that reading them fails. */
export async function breakPages(path: string, column: string, rowGroup = 0): Promise<void> {
  const [page] = await withConnection({}, undefined, (query) =>
    query(
      `SELECT coalesce(dictionary_page_offset, data_page_offset) AS start, total_compressed_size AS size
       FROM parquet_metadata('${path}') WHERE row_group_id = ${rowGroup} AND path_in_schema = '${column}'`,
    ),
  );
  const bytes = readFileSync(path);
  bytes.fill(0xff, toCount(page?.start), toCount(page?.start) + toCount(page?.size));
  writeFileSync(path, bytes);
}

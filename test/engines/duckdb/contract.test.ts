import { join } from 'node:path';
import { createDuckdbEngine, writeParquet } from '../../../src/engines/duckdb/index.ts';
import { comparingEngineContract } from '../../contracts/comparing-engine.ts';
import type { EngineSubject, TestColumn } from '../../contracts/engine-tables.ts';
import { segmentsEngineContract } from '../../contracts/segments-engine.ts';
import { statisticsEngineContract } from '../../contracts/statistics-engine.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();
const TYPES = {
  timestamp: 'TIMESTAMP',
  double: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  text: 'VARCHAR',
} as const;
let tables = 0;

const subject = (): EngineSubject => ({
  engine: createDuckdbEngine(),
  async table(columns) {
    tables += 1;
    const location = join(folder, `${tables}.parquet`);
    await writeParquet(selectSql(columns), location);
    return { location };
  },
});

statisticsEngineContract('DuckDB', subject);
comparingEngineContract('DuckDB', subject);
segmentsEngineContract('DuckDB', subject);

function selectSql(columns: readonly TestColumn[]): string {
  const lists = columns.map(({ name, type, values }) => {
    const literals = values.map((value) => (value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`));
    return `unnest([${literals.join(', ')}]::${TYPES[type]}[]) AS "${name.replaceAll('"', '""')}"`;
  });
  return `SELECT ${lists.join(', ')}`;
}

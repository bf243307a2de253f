import { join } from 'node:path';
import { createDuckdbEngine, writeParquet } from '../../../src/engines/duckdb/index.ts';
import { statisticsEngineContract, type TestColumn } from '../../contracts/statistics-engine.ts';
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

statisticsEngineContract('DuckDB', () => ({
  engine: createDuckdbEngine(),
  async table(columns) {
    tables += 1;
    const location = join(folder, `${tables}.parquet`);
    await writeParquet(selectSql(columns), location);
    return { location };
  },
}));

function selectSql(columns: readonly TestColumn[]): string {
  const lists = columns.map(({ name, type, values }) => {
    const literals = values.map((value) => (value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`));
    return `unnest([${literals.join(', ')}]::${TYPES[type]}[]) AS "${name.replaceAll('"', '""')}"`;
  });
  return `SELECT ${lists.join(', ')}`;
}

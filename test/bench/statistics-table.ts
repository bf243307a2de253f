import { join } from 'node:path';
import type { ProfilePlan } from '../../src/domain/profile.ts';
import { writeParquet } from '../../src/engines/duckdb/index.ts';

/** A table of the benchmark: so many rows over so many days, with columns of each kind. */
export interface BenchTable {
  readonly rows: number;
  readonly days: number;
  readonly numeric: number;
  readonly categorical: number;
  readonly boolean: number;
}

export const FIRST_DAY = '2026-01-01';
/** Values of a numeric and of a categorical column. */
const DIFFERENT_NUMBERS = 10_007;
export const LARGEST_NUMBER = (DIFFERENT_NUMBERS - 1) / 7;
const DIFFERENT_CATEGORIES = 50;

export function columnsOf(table: BenchTable): ProfilePlan['columns'] {
  const named = (kind: 'numeric' | 'categorical' | 'boolean') =>
    Array.from({ length: table[kind] }, (_, i) => ({ name: `${kind}_${i}`, role: 'feature', kind }) as const);
  return [...named('numeric'), ...named('categorical'), ...named('boolean')];
}

/** Writes the table as Parquet; its path. Values are hashes of the row and the column: any order, no random state. */
export async function writeTable(folder: string, table: BenchTable): Promise<string> {
  const path = join(folder, `${table.rows}-${table.numeric}-${table.categorical}-${table.boolean}.parquet`);
  const minutes = Math.floor((table.days * 1440 * 1000) / table.rows) / 1000;
  const columns = columnsOf(table).map(({ name, kind }, i) => `${valueSql(kind, i)} AS ${name}`);
  await writeParquet(
    `SELECT TIMESTAMP '${FIRST_DAY}' + to_microseconds((r * ${minutes} * 60000000)::BIGINT) AS at, ${columns.join(', ')}
     FROM range(${table.rows}) AS rows(r)`,
    path,
    { memoryLimit: '2GB' },
  );
  return path;
}

function valueSql(kind: string, i: number): string {
  const hash = `hash(r * 1000 + ${i})`;
  if (kind === 'numeric') return `(${hash} % ${DIFFERENT_NUMBERS})::FLOAT / 7`;
  return kind === 'boolean' ? `${hash} % 3 = 0` : `'value ' || (${hash} % ${DIFFERENT_CATEGORIES})`;
}

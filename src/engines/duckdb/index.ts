export type { DuckdbOptions } from './connection.ts';
export { createDuckdbEngine } from './engine.ts';
export { writeParquet } from './write-parquet.ts';

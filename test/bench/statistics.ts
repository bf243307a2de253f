import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ProfilePlan } from '../../src/domain/profile.ts';
import { windowsBetween } from '../../src/domain/window.ts';
import { createDuckdbEngine, writeParquet } from '../../src/engines/duckdb/index.ts';

const COLUMNS = 32;
const ROWS = 3_000_000;
const ZONE = 'America/New_York';
const BARE = (c: string) =>
  `count(${c}), count(*) FILTER (${c} = 0), avg(${c}), stddev_pop(${c}), min(${c}), max(${c}),
   approx_quantile(${c}, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]), approx_count_distinct(${c})`;

/** Numeric statistics of three million flights in 182 daily windows, beside the bare aggregates of the same engine. */
export async function benchStatistics(write: (line: string) => void): Promise<void> {
  const flights = join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '../data/flights-3m.parquet');
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-bench-'));
  try {
    const names = Array.from({ length: COLUMNS }, (_, i) => `f${i}`);
    const location = join(folder, 'wide.parquet');
    const values = names.map((name, i) => `(delay * ${i + 1} + distance % ${i + 7})::DOUBLE AS ${name}`);
    await writeParquet(`SELECT "date" AS scored_at, ${values.join(', ')} FROM '${flights}'`, location);

    const bare = await seconds(() => bareAggregates(location, names));
    const plan: ProfilePlan = {
      source: { location },
      timeColumn: 'scored_at',
      zone: ZONE,
      granularity: 'day',
      columns: names.map((name) => ({ name, role: 'feature', kind: 'numeric' })),
      topCategories: 20,
    };
    const engine = createDuckdbEngine();
    const { firstMs, lastMs } = await engine.timeRange(plan);
    const windows = windowsBetween(firstMs, lastMs + 1, ZONE, 'day');
    const ours = await seconds(() => engine.profile(plan, windows));

    const rate = (taken: number) => `${((ROWS * COLUMNS) / taken / 1e6).toFixed(1)} M values/s`;
    write(`bare aggregates: ${bare.toFixed(1)} s, ${rate(bare)}`);
    write(
      `profile, ${windows.length} windows: ${ours.toFixed(1)} s, ${rate(ours)}, ${(ours / bare).toFixed(2)} x bare`,
    );
    write(`resident memory: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bareAggregates(location: string, names: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  await connection.runAndReadAll(`SELECT ${names.map(BARE).join(', ')} FROM '${location}'`);
  connection.closeSync();
  instance.closeSync();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

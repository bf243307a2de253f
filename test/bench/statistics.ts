import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchTable, columnsOf, writeTable } from './statistics-table.ts';

type Write = (line: string) => void;

interface Measured {
  readonly seconds: number;
  /** Of all threads together. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const none = { numeric: 0, categorical: 0, boolean: 0 };
/** Rows, columns and kinds; 30 daily windows each. */
const GRID: readonly BenchTable[] = [
  { ...none, rows: 300_000, days: 30, numeric: 32 },
  { ...none, rows: 300_000, days: 30, categorical: 32 },
  { ...none, rows: 300_000, days: 30, boolean: 32 },
  { ...none, rows: 300_000, days: 30, numeric: 180, categorical: 20 },
  { ...none, rows: 3_000_000, days: 30, numeric: 32 },
  { ...none, rows: 3_000_000, days: 30, numeric: 58, categorical: 6 },
];
const WIDE: BenchTable = { ...none, rows: 3_000_000, days: 30, numeric: 900, categorical: 100 };

/**
 * The grid, beside the bare aggregates of the same engine by day (those of a profile, and with the bins that distances
 * need those of all statistics) and its SUMMARIZE of the whole table.
 */
export async function benchStatistics(write: Write): Promise<void> {
  await benchTables(GRID, ['bare', 'summarize', 'profile', 'bare-binned', 'statistics'], write);
}

/** Three million rows of a thousand columns: some 15 GB of values. Only all statistics and the bare aggregates. */
export async function benchWideStatistics(write: Write): Promise<void> {
  await benchTables([WIDE], ['bare', 'statistics'], write);
}

async function benchTables(tables: readonly BenchTable[], runs: readonly string[], write: Write): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-bench-'));
  try {
    for (const table of tables) {
      const path = await writeTable(folder, table);
      const { rows, days, numeric, categorical, boolean } = table;
      write(`${rows} rows, ${days} days: ${numeric} numeric, ${categorical} categorical, ${boolean} boolean`);
      const bare = new Map<string, Measured>();
      for (const what of runs) {
        const found = measure(what, path, table);
        if (what.startsWith('bare')) bare.set(what, found);
        write(`  ${what}: ${words(found, rows * columnsOf(table).length, bare)}`);
      }
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function words({ seconds, cpuSeconds, peakMb }: Measured, values: number, bare: ReadonlyMap<string, Measured>): string {
  const rate = values / seconds / 1e6;
  const ratios = [...bare].map(
    ([name, base]) =>
      `${(seconds / base.seconds).toFixed(2)} x ${name} (CPU ${(cpuSeconds / base.cpuSeconds).toFixed(2)} x)`,
  );
  const figures = [`${seconds.toFixed(1)} s`, `CPU ${cpuSeconds.toFixed(1)} s`, `${rate.toFixed(1)} M values/s`];
  return [...figures, ...ratios, `peak ${peakMb.toFixed(0)} MB`].join(', ');
}

function measure(what: string, path: string, table: BenchTable): Measured {
  const script = join(import.meta.dirname, 'statistics-run.ts');
  const out = execFileSync(process.execPath, ['--import', 'tsx', script, what, path, JSON.stringify(table)]);
  return JSON.parse(out.toString()) as Measured;
}

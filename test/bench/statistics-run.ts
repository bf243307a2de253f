import { DuckDBInstance } from '@duckdb/node-api';
import { windowsBetween } from '../../src/domain/window.ts';
import { createDuckdbEngine } from '../../src/engines/duckdb/index.ts';
import { createMemoryHistory, profileWindows } from '../../src/statistics/index.ts';
import { type BenchTable, columnsOf, FIRST_DAY, LARGEST_NUMBER } from './statistics-table.ts';

/**
 * One measurement in a process of its own, so that its peak memory is its own:
 * `statistics-run.ts profile|statistics|bare|bare-binned|summarize <path> <table as JSON>` prints seconds, seconds of all threads
 * together (which a busy machine does not change much) and the peak in MB.
 */
const [what = '', path = '', given = '{}'] = process.argv.slice(2);
const table = JSON.parse(given) as BenchTable;
/** Columns of one bare query: its sketches of all days have to fit into memory too. */
const BARE_COLUMNS = 64;
const SETTINGS = { threads: '2', memory_limit: '1GB', preserve_insertion_order: 'false' };

/** What is computed of every window without a reference: the same statistics as the bare aggregates. */
async function profile(): Promise<void> {
  await createDuckdbEngine({ memoryLimit: '1GB', threads: 2 }).profile(plan(), windows());
}

/** All statistics, those against references included. */
async function statistics(): Promise<void> {
  await profileWindows(
    { engine: createDuckdbEngine({ memoryLimit: '1GB', threads: 2 }), history: createMemoryHistory() },
    { plan: plan(), windows: windows(), nowMs: 0 },
  );
}

function plan() {
  return {
    source: { location: path },
    timeColumn: 'at',
    zone: 'UTC',
    granularity: 'day' as const,
    columns: columnsOf(table),
    topCategories: 20,
  };
}

function windows() {
  const first = Date.parse(`${FIRST_DAY}T00:00Z`);
  return windowsBetween(first, first + table.days * 86_400_000, 'UTC', 'day');
}

async function bare(binned: readonly string[] = []): Promise<void> {
  const columns = columnsOf(table);
  for (let from = 0; from < columns.length; from += BARE_COLUMNS) {
    const aggregates = columns
      .slice(from, from + BARE_COLUMNS)
      .flatMap(({ name, kind }) => [
        BARE[kind]?.(name),
        ...(kind === 'numeric' ? binned.map((edges) => `histogram(${name}, ${edges})`) : []),
      ]);
    await run(`SELECT date_trunc('day', "at") AS day, count(*), ${aggregates.join(', ')} FROM '${path}' GROUP BY day`);
  }
}

/** With what a distance needs besides: the histogram of a reference's bins. */
async function bareBinned(): Promise<void> {
  const edges = Array.from({ length: 31 }, (_, i) => (LARGEST_NUMBER * i) / 30);
  await bare([`[${edges.map((edge) => `'${edge}'::DOUBLE`).join(', ')}]`]);
}

async function summarize(): Promise<void> {
  await run(`SUMMARIZE SELECT * FROM '${path}'`);
}

/** In their fastest form: a FILTER copies all columns of the scan, and 64 of them nearly double the time. */
const BARE: Readonly<Record<string, (name: string) => string>> = {
  numeric: (c) => `count(${c}), count(CASE WHEN ${c} = 0 THEN 1 END), avg(${c}), stddev_pop(${c}), min(${c}), max(${c}),
    approx_quantile(${c}, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]), approx_count_distinct(${c})`,
  categorical: (c) => `count(${c}), count(CASE WHEN ${c} = '' THEN 1 END), count(DISTINCT ${c}), histogram(${c})`,
  boolean: (c) => `count(${c}), sum(${c}::UTINYINT)`,
};

async function run(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  const connection = await instance.connect();
  await connection.runAndReadAll(sql);
  connection.closeSync();
  instance.closeSync();
}

const measured = { profile, statistics, bare, 'bare-binned': bareBinned, summarize }[what];
if (measured === undefined) throw new Error(`no measurement ${what}`);
const start = performance.now();
const startCpu = process.cpuUsage();
await measured();
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(startCpu);
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, peakMb })}\n`);

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { ReportLine } from '../../../src/cli/replay-lines.ts';
import { packageRoot } from '../../../src/platform/package-root.ts';
import { readArguments } from '../evidence/bench-arguments.ts';
import { FOUND_WITHIN_DAYS, type Incident, type ReplayScore, scoreReplay } from './score.ts';
import { type IncidentTable, incidentTables, readIncidents } from './tables.ts';

const run = promisify(execFile);
/** A year of reports of a noisy table is some megabytes. */
const MOST_OUTPUT = 256 * 1024 * 1024;
const SHOWN_FALSE_DAYS = 4;

/**
 * Runs `driftbell replay` as a program over public tables with known incidents and prints what was found, what it cost in
 * false alert days, and each incident that was missed. Options: --data FOLDER, --detector FOLDER, --granularity, --table.
 */
export async function benchReplay(write: (line: string) => void, args: readonly string[] = []): Promise<void> {
  const root = packageRoot();
  const options = readArguments(args, {
    data: process.env.DRIFTBELL_BENCH_DATA ?? '',
    detector: 'both',
    granularity: 'day',
    table: 'all',
  });
  const detectors =
    options.detector === 'both' ? ['paper', 'driftbell'].map((n) => join(root, 'detectors', n)) : [options.detector];
  for (const table of incidentTables.filter(({ name }) => options.table === 'all' || options.table === name)) {
    for (const detector of detectors) {
      const folder = join(options.data, table.name);
      const incidents = await readIncidents(folder);
      const started = performance.now();
      const reports = await replay(folder, table, { detector, granularity: options.granularity });
      const seconds = (performance.now() - started) / 1000;
      const { columns, days } = await extentOf(folder, table);
      const score = scoreReplay(reports, { incidents, columns, days });
      write(
        `${table.name}, ${detector.split('/').at(-1)}, by ${options.granularity}: ${headline(score, reports)}; ${seconds.toFixed(0)} s`,
      );
      for (const line of details(score, incidents)) write(line);
    }
  }
}

async function driftbell(args: readonly string[]): Promise<string> {
  const main = join(packageRoot(), 'src', 'cli', 'main.ts');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', main, ...args], {
    cwd: packageRoot(),
    maxBuffer: MOST_OUTPUT,
  });
  return stdout;
}

async function replay(
  folder: string,
  table: IncidentTable,
  { detector, granularity }: { readonly detector: string; readonly granularity: string },
): Promise<ReportLine[]> {
  const holidays = table.options.indexOf('--holidays');
  // Only a detector that reads holidays is told of them; the others would be none the wiser.
  const isBlind = !detector.includes('driftbell') && holidays >= 0;
  const options = isBlind ? table.options.toSpliced(holidays, 2) : table.options;
  const out = await driftbell([
    ...['replay', '--source', join(folder, table.file), '--json', '--detector', detector],
    ...['--granularity', granularity, ...options],
  ]);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReportLine);
}

/** Watched columns, the rows counted as one, and days from the first row to the last. */
async function extentOf(folder: string, table: IncidentTable): Promise<{ columns: number; days: number }> {
  const holidays = table.options.indexOf('--holidays');
  const options = holidays < 0 ? table.options : table.options.toSpliced(holidays, 2);
  const out = await driftbell(['statistics', '--source', join(folder, table.file), '--json', ...options]);
  const rows = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { window: string; column: string });
  return {
    columns: new Set(rows.map(({ column }) => column)).size,
    days: new Set(rows.map(({ window }) => window)).size,
  };
}

function headline(score: ReplayScore, reports: readonly ReportLine[]): string {
  const share = ((100 * score.found) / score.outcomes.length).toFixed(1);
  const together = score.shared.filter(({ reports: count }) => count === 1).length;
  return [
    `${score.found} of ${score.outcomes.length} incidents within ${FOUND_WITHIN_DAYS} days (${share} %)`,
    `${score.falseDaysPerFeatureMonth.toFixed(2)} false alert days per feature-month (${score.falseDayCount} in ${score.featureMonths.toFixed(0)})`,
    `${together} of ${score.shared.length} shared outages in one report`,
    `${reports.length} reports`,
  ].join('; ');
}

function details(score: ReplayScore, _incidents: readonly Incident[]): string[] {
  const missed = score.outcomes.filter(({ met }) => met === undefined);
  const byKind = new Map<string, { all: number; found: number }>();
  for (const { kind, met } of score.outcomes) {
    const count = byKind.get(kind) ?? { all: 0, found: 0 };
    byKind.set(kind, { all: count.all + 1, found: count.found + (met === undefined ? 0 : 1) });
  }
  const kinds = [...byKind].map(([kind, { all, found }]) => `${kind} ${found}/${all}`);
  const noisy = [...score.falseDays]
    .filter(([, days]) => days.length > 0)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(
      ([column, days]) =>
        `${column} ${days.length} (${days.slice(0, SHOWN_FALSE_DAYS).join(', ')}${days.length > SHOWN_FALSE_DAYS ? ' …' : ''})`,
    );
  return [
    `  found by kind: ${kinds.join(', ')}`,
    ...missed.map(
      ({ column, kind, from, to, near }) =>
        `  missed ${column} ${kind} ${from}..${to}: ${near.slice(0, 2).join('; ') || 'nothing was said'}`,
    ),
    ...noisy.map((text) => `  false days: ${text}`),
  ];
}

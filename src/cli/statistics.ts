import type { Command } from 'commander';
import { DriftbellError } from '../domain/errors.ts';
import type { ColumnStatistics, StatisticName } from '../domain/statistic.ts';
import { parseInstant, type Window, windowsBetween } from '../domain/window.ts';
import type { Progress } from '../ports/progress.ts';
import type { ProfilePlan, StatisticsEngine, TimeRange } from '../ports/statistics-engine.ts';
import { createMemoryHistory, type PlannedProfile, planProfile, profileWindows } from '../statistics/index.ts';
import { addTableOptions, requireDuckdb, type TableOptions, tableDescription } from './table-options.ts';
import { shortNumber, textTable } from './text-table.ts';

export interface StatisticsVerbDeps {
  readonly engine: StatisticsEngine;
  write(text: string): void;
  writeError(text: string): void;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

interface StatisticsOptions extends TableOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** More windows than this come from a stray time value such as 1970, not from a person's wish. */
const MOST_WINDOWS = 100_000;
/** Statistics shown in the readable table; --json has all. */
const SHOWN: readonly StatisticName[] = [
  'mean',
  'standard_deviation',
  'q50',
  'coverage',
  'missing_rate',
  'distinct_count',
];

export function registerStatistics(program: Command, deps: StatisticsVerbDeps): void {
  addTableOptions(
    program.command('statistics').description('Compute the statistics of every column in every window of a table'),
  )
    .option('--from <time>', 'first window: a date such as 2026-03-01 or a time (default: the first row)')
    .option('--to <time>', 'windows before this date or time (default: after the last row)')
    .option('--json', 'one JSON object per window, segment and column')
    .action((options: StatisticsOptions) => printStatistics(options, deps));
}

async function printStatistics(options: StatisticsOptions, deps: StatisticsVerbDeps): Promise<void> {
  requireDuckdb(options.engine);
  const table = tableDescription(options);
  const span = requestedSpan(options);
  const planned = planProfile(table, await deps.engine.describe(table.source, deps.signal));
  const range = await deps.engine.timeRange(planned.plan, deps.signal);
  const windows = windowsOf(planned.plan, range, span);
  const history = createMemoryHistory();
  await profileWindows(
    { engine: deps.engine, history },
    {
      plan: planned.plan,
      windows,
      nowMs: range.lastMs,
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
      ...(deps.progress === undefined ? {} : { progress: deps.progress }),
    },
  );
  const { rows } = history;
  for (const line of options.json === true ? rows.map(jsonLine) : readable(rows)) deps.write(`${line}\n`);
  for (const remark of [...remarks(planned, range, windows), ...cappedSegments(rows)]) deps.writeError(`${remark}\n`);
}

interface Span {
  readonly fromMs?: number;
  readonly toMs?: number;
}

function requestedSpan(options: StatisticsOptions): Span {
  const span = {
    ...(options.from === undefined ? {} : { fromMs: parseInstant(options.from, options.zone) }),
    ...(options.to === undefined ? {} : { toMs: parseInstant(options.to, options.zone) }),
  };
  if (span.fromMs !== undefined && span.toMs !== undefined && span.fromMs >= span.toMs) {
    throw new DriftbellError('usage.invalid', {
      expected: '--from earlier than --to, which is the first time left out',
      received: `--from ${options.from} --to ${options.to}`,
      remedy: 'give a later --to',
    });
  }
  return span;
}

function windowsOf(plan: ProfilePlan, range: TimeRange, span: Span): Window[] {
  const from = span.fromMs ?? range.firstMs;
  const to = span.toMs ?? range.lastMs + 1;
  const windowMs = plan.granularity === 'day' ? 86_400_000 : 3_600_000;
  if ((to - from) / windowMs > MOST_WINDOWS) {
    throw new DriftbellError('usage.invalid', {
      expected: `at most ${MOST_WINDOWS} windows`,
      received: `${Math.ceil((to - from) / windowMs)}, from ${isoTime(from)} to ${isoTime(to)}`,
      remedy: 'narrow them with --from and --to',
    });
  }
  return windowsBetween(from, to, plan.zone, plan.granularity);
}

function jsonLine(row: ColumnStatistics): string {
  return JSON.stringify({
    window: row.window.key,
    segment: row.segment,
    column: row.column,
    role: row.role,
    kind: row.kind ?? null,
    rows: row.rows,
    statistics: row.statistics,
    ...(row.shares === undefined ? {} : { shares: row.shares }),
    problems: row.problems,
  });
}

function readable(rows: readonly ColumnStatistics[]): string[] {
  const hasSegments = rows.some((row) => row.segment !== '');
  const header = ['window', ...(hasSegments ? ['segment'] : []), 'column', 'kind', 'rows', ...SHOWN, 'problems'];
  return textTable(
    header,
    rows.map((row) => [
      row.window.key,
      ...(hasSegments ? [row.segment === '' ? 'all' : row.segment] : []),
      row.column,
      row.kind ?? row.role,
      String(row.rows),
      ...SHOWN.map((name) => shortNumber(row.statistics[name])),
      row.problems.map((problem) => problem.text).join('; '),
    ]),
  );
}

function remarks(planned: PlannedProfile, range: TimeRange, windows: readonly Window[]): string[] {
  const left = planned.leftOut.map((column) => `${column.name} (${column.reason})`);
  return [
    ...(left.length === 0 ? [] : [`Left out: ${left.join(', ')}.`]),
    ...(range.unplacedRows === undefined
      ? []
      : [`${range.unplacedRows} rows have no usable time and are in no window.`]),
    ...(windows.length === 0 ? ['No windows between --from and --to.'] : []),
  ];
}

/** Once, of the newest window that has it: every window has its own figures. */
function cappedSegments(rows: readonly ColumnStatistics[]): string[] {
  const capped = rows.flatMap(({ window, problems }) =>
    problems.flatMap(({ code, text }) => (code === 'segments_capped' ? [`In ${window.key} ${text}.`] : [])),
  );
  return capped.slice(-1);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

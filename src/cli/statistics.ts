import type { Command } from 'commander';
import { latestOfNow } from '../domain/future.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { timeRemarks } from '../messages/time-remarks.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { StatisticsEngine, TimeRange } from '../ports/statistics-engine.ts';
import {
  createMemoryHistory,
  type Importance,
  type PlannedProfile,
  planProfile,
  profileWindows,
  readImportance,
} from '../statistics/index.ts';
import { estimateRemarks, jsonLine, readable } from './statistics-lines.ts';
import { addTableOptions, requireDuckdb, type TableOptions, tableDescription } from './table-options.ts';
import { tellLandings } from './tell-landing.ts';
import { noWindows, requestedSpan, requestedWindows } from './time-span.ts';

export interface StatisticsVerbDeps {
  readonly engine: StatisticsEngine;
  readonly clock: Pick<Clock, 'now'>;
  write(text: string): void;
  writeError(text: string): void;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

interface StatisticsOptions extends TableOptions {
  readonly from?: string;
  readonly to?: string;
  readonly importance?: string;
  readonly json?: boolean;
}

/** Names listed in a remark. */
const LISTED_NAMES = 20;

export function registerStatistics(program: Command, deps: StatisticsVerbDeps): void {
  addTableOptions(
    program.command('statistics').description('Compute the statistics of every column in every window of a table'),
  )
    .option('--from <time>', 'first window: a date such as 2026-03-01 or a time (default: the first row)')
    .option('--to <time>', 'windows before this date or time (default: after the last row)')
    .option('--importance <file>', 'table with a row per feature: its columns feature and importance')
    .option('--json', 'one JSON object per window, segment and column')
    .action((options: StatisticsOptions) => printStatistics(options, deps));
}

async function printStatistics(options: StatisticsOptions, deps: StatisticsVerbDeps): Promise<void> {
  requireDuckdb(options.engine);
  const table = tableDescription(options);
  const span = requestedSpan(options, options.zone);
  const planned = planProfile(table, await deps.engine.describe(table.source, deps.signal));
  const importance =
    options.importance === undefined
      ? undefined
      : await readImportance(deps.engine, {
          source: { location: options.importance },
          columns: planned.columns,
          ...(deps.signal === undefined ? {} : { signal: deps.signal }),
        });
  const range = await deps.engine.timeRange(planned.plan, {
    latestMs: latestOfNow(deps.clock.now()),
    signal: deps.signal,
  });
  const windows = requestedWindows(planned.plan, range, span);
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
  const rows = tellLandings(history.rows, { plan: planned.plan, range });
  const shares = importance?.shares;
  const lines = options.json === true ? rows.map((row) => jsonLine(row, shares)) : readable(rows, shares);
  for (const line of lines) deps.write(`${line}\n`);
  const passedOver = importance === undefined ? [] : importanceRemarks(importance);
  const estimates = options.json === true ? [] : estimateRemarks(rows);
  for (const remark of [...remarks(planned, range, windows), ...passedOver, ...cappedSegments(rows), ...estimates])
    deps.writeError(`${remark}\n`);
}

function importanceRemarks({ passedOver }: Importance): string[] {
  if (passedOver.length === 0) return [];
  const more = passedOver.length > LISTED_NAMES ? ` and ${passedOver.length - LISTED_NAMES} more` : '';
  return [
    `Of the importance table, not watched and passed over: ${passedOver.slice(0, LISTED_NAMES).join(', ')}${more}.`,
  ];
}

function remarks(planned: PlannedProfile, range: TimeRange, windows: readonly Window[]): string[] {
  const left = planned.leftOut.map((column) => `${column.name} (${column.reason})`);
  return [
    ...(left.length === 0 ? [] : [`Left out: ${left.join(', ')}.`]),
    ...timeRemarks(planned.plan, range),
    ...(windows.length === 0 ? [noWindows(planned.plan, range)] : []),
  ];
}

/** Once, of the newest window that has it: every window has its own figures. */
function cappedSegments(rows: readonly ColumnStatistics[]): string[] {
  const capped = rows.flatMap(({ window, problems }) =>
    problems.flatMap(({ code, text }) => (code === 'segments_capped' ? [`In ${window.key} ${text}.`] : [])),
  );
  return capped.slice(-1);
}

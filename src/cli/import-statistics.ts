import type { Command } from 'commander';
import { findModel } from '../../commands/find-model.ts';
import { isAllTraffic } from '../domain/all-traffic.ts';
import { counted } from '../domain/counted.ts';
import type { Model } from '../domain/model.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import { judgeWindows } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import { parseStatisticsLines, withTrafficRatios } from '../statistics/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';
import { readInput } from './read-input.ts';

interface ImportStatisticsOptions {
  readonly model: string;
  readonly judge?: true;
}

export function registerImportStatistics(program: Command, deps: CliDeps): void {
  program
    .command('import-statistics')
    .description('statistics of a registered model that another engine computed, such as a Spark job')
    .argument('<file>', 'one JSON object a line, as `driftbell statistics --json` prints them')
    .requiredOption('--model <slug>', 'the model')
    .option('--judge', 'judge the windows afterwards, in time order, as the bot does with its own')
    .action((file: string, options: ImportStatisticsOptions) => importStatistics(deps, file, options));
}

async function importStatistics(deps: CliDeps, file: string, options: ImportStatisticsOptions): Promise<void> {
  const { terminal, signal } = deps;
  const text = await readInput(file);
  const core = await openKnownCore(deps);
  try {
    const model = findModel(core.stores, options.model);
    const rows = parseStatisticsLines(text.split('\n'), { model, columns: core.stores.models.columns(model.id) });
    const windows = store(core, model, rows);
    terminal.write(`${model.slug}: ${storedWords(windows, rows)}\n`);
    if (options.judge !== true) return;
    const outcomes = await judgeWindows(core.checks, model, windows, { signal, progress: terminal.progress });
    const reports = new Set(outcomes.flatMap(({ reportId }) => reportId ?? []));
    const anomalies = outcomes.reduce((sum, outcome) => sum + outcome.anomalies, 0);
    const told = [...reports].map((id) => `#${id}`).join(', ');
    terminal.write(
      `${outcomes.length} judged, ${counted(anomalies, 'anomaly', 'anomalies')}; ${reports.size === 0 ? 'no report' : `reports ${told}`}.\n`,
    );
  } finally {
    await core.close();
  }
}

/** Replaces what is stored of these windows, all of them or none, and notes that their rows have landed. */
function store(core: Core, model: Model, rows: readonly ColumnStatistics[]): readonly Window[] {
  const { stores, clock } = core;
  const byStart = new Map(rows.map(({ window }) => [window.startMs, window]));
  const windows = [...byStart.values()].sort((a, b) => a.startMs - b.startMs);
  const now = clock.now();
  const looks = rows
    .filter((row) => isAllTraffic(row) && row.rows > 0)
    .map(({ window, rows: count }) => ({
      ...{ window, rows: count, state: 'landed' as const, text: `${counted(count, 'row')}, imported` },
      ...{ atMs: now, sameSinceMs: now },
    }));
  stores.transaction(() => {
    withTrafficRatios(stores).replaceWindows(model.id, windows, rows);
    stores.looks.put(model.id, looks);
  });
  return windows;
}

function storedWords(windows: readonly Window[], rows: readonly ColumnStatistics[]): string {
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) return 'the file has no lines; nothing was changed.';
  const columns = new Set(rows.map(({ column }) => column)).size;
  const span =
    windows.length === 1
      ? `1 window, ${first.key}`
      : `${counted(windows.length, 'window')}, ${first.key} to ${last.key}`;
  return `${counted(rows.length, 'line')} stored: ${span}, ${counted(columns, 'column')}.`;
}

import type { Command } from 'commander';
import { counted } from '../domain/counted.ts';
import type { CliDeps } from './deps.ts';
import { readableReports, reportLine } from './replay-lines.ts';
import { type Replayed, replayTable } from './replay-table.ts';
import { HOLIDAYS_OPTION } from './series-holidays.ts';
import { detectorFolder } from './series-options.ts';
import { addTableOptions, requireDuckdb, type TableOptions, tableDescription } from './table-options.ts';
import { requestedSpan } from './time-span.ts';

interface ReplayArguments extends TableOptions {
  readonly from?: string;
  readonly to?: string;
  readonly detector?: string;
  readonly holidays?: string;
  readonly json?: boolean;
}

export function registerReplay(program: Command, deps: CliDeps): void {
  addTableOptions(
    program
      .command('replay')
      .description('What would have fired: all windows of a table in order, without database or Slack'),
  )
    .option('--from <time>', 'first window that may be reported; those before it are its history (default: the first)')
    .option('--to <time>', 'windows before this date or time (default: after the last row)')
    .option('--detector <folder>', 'trained detector (default: DRIFTBELL_DETECTOR or the shipped one)')
    .option(...HOLIDAYS_OPTION)
    .option('--json', 'one JSON object per report')
    .action((options: ReplayArguments) => replay(deps, options));
}

async function replay(deps: CliDeps, options: ReplayArguments): Promise<void> {
  const { terminal } = deps;
  requireDuckdb(options.engine);
  const replayed = await replayTable(deps, {
    table: tableDescription(options),
    span: requestedSpan(options, options.zone),
    detectorFolder: detectorFolder(deps, options.detector),
    ...(options.holidays === undefined ? {} : { holidays: options.holidays }),
  });
  const lines =
    options.json === true
      ? replayed.reports.map((report) => JSON.stringify(reportLine(report)))
      : [...readableReports(replayed.reports, options.zone), ...summary(replayed)];
  for (const line of lines) terminal.write(`${line}\n`);
  for (const remark of replayed.remarks) terminal.writeError(`${remark}\n`);
}

function summary({ reports, windows, judgedWindows }: Replayed): string[] {
  const fired = reports.length === 0 ? 'No report' : counted(reports.length, 'report');
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span =
    windows.length === 1
      ? `1 window, ${first.key}`
      : `${counted(windows.length, 'window')}, ${first.key} to ${last.key}`;
  return [`${reports.length === 0 ? '' : '\n'}${fired} in ${span}; ${judgedWindows} had a history that a band needs.`];
}

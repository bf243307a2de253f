import type { Command } from 'commander';
import { findModel } from '../../commands/find-model.ts';
import { counted } from '../domain/counted.ts';
import { latestOfNow } from '../domain/future.ts';
import type { Window } from '../domain/window.ts';
import { computeHistory, type HistoryCounts, historyWindows, underWay } from '../jobs/index.ts';
import { timeRemarks } from '../messages/time-remarks.ts';
import { planFromColumns } from '../statistics/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';
import { requestedSpan } from './time-span.ts';

interface BackfillArguments {
  readonly model: string;
  readonly from?: string;
  readonly to?: string;
  readonly again?: true;
}

export function registerBackfill(program: Command, deps: CliDeps): void {
  program
    .command('backfill')
    .description('statistics and forecasts of the past of a registered model, in one pass; nothing is reported of it')
    .requiredOption('--model <slug>', 'the model')
    .option(
      '--from <time>',
      'first window: a date such as 2026-03-01 or a time (default: as far as the bot looks back)',
    )
    .option('--to <time>', 'windows before this date or time (default: the newest that has landed)')
    .option('--again', 'compute windows that have statistics already, too')
    .action((options: BackfillArguments) => backfill(deps, options));
}

async function backfill(deps: CliDeps, options: BackfillArguments): Promise<void> {
  const { terminal, signal } = deps;
  const core = await openKnownCore(deps);
  try {
    const model = findModel(core.stores, options.model);
    const span = requestedSpan(options, model.zone);
    const latestMs = latestOfNow(core.clock.now(), model.latenessMinutes);
    const plan = planFromColumns(model, core.stores.models.columns(model.id));
    const range = await core.engine.timeRange(plan, { latestMs, signal });
    const windows = historyWindows(core.checks, model, range, span);
    const counts = await computeHistory(core.checks, model, windows, {
      ...{ signal, lastMs: range.lastMs, progress: terminal.progress, again: options.again === true },
    });
    if (counts === undefined) throw underWay(model);
    terminal.write(`${model.slug}: ${backfillWords(windows, counts)}\n`);
    for (const remark of timeRemarks(model, range)) terminal.writeError(`${remark}\n`);
  } finally {
    await core.close();
  }
}

function backfillWords(windows: readonly Window[], { computed, skipped, forecast }: HistoryCounts): string {
  const [first, last] = [windows[0], windows.at(-1)];
  if (first === undefined || last === undefined) return 'no window of its source lies in that span.';
  const known = windows.length - computed - skipped;
  return [
    `${counted(windows.length, 'window')} from ${first.key} to ${last.key}: ${computed} computed`,
    ...(known > 0 ? [`${known} were there`] : []),
    ...(skipped > 0 ? [`${skipped} not landed yet`] : []),
    `${forecast} forecast.`,
  ].join(', ');
}

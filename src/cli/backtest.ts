import type { Command } from 'commander';
import { findModel } from '../../commands/find-model.ts';
import { backtestSentences, parseDays, replayedLine } from '../../commands/index.ts';
import { RECOVERY_WINDOWS } from '../alerting/index.ts';
import { DriftbellError } from '../domain/errors.ts';
import { type FilterOverrides, parseFilterSetting } from '../domain/filter-settings.ts';
import { type Backtest, backtest, type ToldReport } from '../postprocessing/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';

interface BacktestArguments {
  readonly model: string;
  readonly days: number;
  readonly set: FilterOverrides;
  readonly json?: true;
}

export function registerBacktest(program: Command, deps: CliDeps): void {
  program
    .command('backtest')
    .description('what would have fired with other settings, by the stored history of a registered model')
    .requiredOption('--model <slug>', 'the model')
    .option('--days <days>', 'days of history', parseDays, 90)
    .option(
      '--set <setting=value>',
      'a number of the filters, such as minimum-rows=50; may be repeated',
      parseSetting,
      {},
    )
    .option('--json', 'one JSON object')
    .action((options: BacktestArguments) => printBacktest(deps, options));
}

async function printBacktest(deps: CliDeps, { model: slug, days, set, json }: BacktestArguments): Promise<void> {
  const { terminal } = deps;
  const core = await openKnownCore(deps);
  try {
    const model = findModel(core.stores, slug);
    const found = await backtest(
      { ...core, settings: core.filterSettings, recoveryWindows: RECOVERY_WINDOWS },
      { model, days, changes: set },
    );
    if (found === undefined) throw noHistory(slug);
    const lines =
      json === true
        ? [JSON.stringify(jsonOf(found))]
        : [
            ...found.changed.reports.map((report) => replayedLine(report, model)),
            ...backtestSentences(model, set, found),
          ];
    for (const line of lines) terminal.write(`${line.replaceAll('`', '')}\n`);
  } finally {
    await core.close();
  }
}

function parseSetting(text: string, previous: FilterOverrides): FilterOverrides {
  const at = text.indexOf('=');
  const [name, value] = parseFilterSetting(at < 0 ? text : text.slice(0, at), at < 0 ? '' : text.slice(at + 1));
  return { ...previous, [name]: value };
}

/** The names are a contract with scripts. */
function jsonOf({ from, to, judgedWindows, now, changed, voted }: Backtest) {
  const side = (reports: readonly ToldReport[]) =>
    reports.map(({ opened, latest, resolved, findings }) => ({
      ...{ opened: opened.key, latest: latest.key, resolved: resolved?.key ?? null },
      findings: findings.map(({ series, from: first, to: last, rule }) => ({
        ...{ segment: series.segment, column: series.column, statistic: series.statistic },
        ...{ from: first.key, to: last.key, rule },
      })),
    }));
  return {
    ...{ from: from.key, to: to.key, judged_windows: judgedWindows },
    now: { per_month: now.perMonth, reports: side(now.reports) },
    changed: { per_month: changed.perMonth, reports: side(changed.reports) },
    voted: { real: voted.real, not_useful: voted.notUseful },
  };
}

function noHistory(slug: string): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: 'a model with stored history',
    received: `${slug}, of which no window has statistics`,
    remedy: `run \`driftbell backfill --model ${slug}\` first`,
  });
}

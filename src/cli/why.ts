import type { Command } from 'commander';
import { findColumn } from '../../commands/find-column.ts';
import { findModel } from '../../commands/find-model.ts';
import { absentWords, explainAsked, quietSentence, whySentence, whySummary } from '../../commands/index.ts';
import type { Detection } from '../domain/anomaly.ts';
import { parseWindow } from '../domain/window.ts';
import type { ExplainedAnomaly, Explanation } from '../postprocessing/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';

interface WhyArguments {
  readonly model: string;
  readonly column?: string;
  readonly window?: string;
  readonly json?: true;
}

export function registerWhy(program: Command, deps: CliDeps): void {
  program
    .command('why')
    .description('the ledger of a window: of every anomaly whether it was told, held or dropped, by which filter')
    .requiredOption('--model <slug>', 'the model')
    .option('--column <name>', 'one column; all of them when absent')
    .option('--window <day|hour>', 'the window; the newest with an anomaly when absent')
    .option('--json', 'one JSON object per series')
    .action((options: WhyArguments) => why(deps, options));
}

async function why(deps: CliDeps, options: WhyArguments): Promise<void> {
  const { terminal } = deps;
  const core = await openKnownCore(deps);
  try {
    const model = findModel(core.stores, options.model);
    const column = options.column === undefined ? undefined : findColumn(core.stores, model, options.column);
    const asked = options.window === undefined ? undefined : parseWindow(options.window, model.zone, model.granularity);
    const explained = explainAsked(core, model, { column, window: asked });
    if (explained === undefined) {
      terminal.writeError(`${model.slug} has no window yet.\n`);
      return;
    }
    const summary = absentWords(core, model, explained) ?? whySummary(model, explained, column);
    const lines =
      options.json === true
        ? jsonLines(explained)
        : [
            summary,
            ...explained.anomalies.map((each) => `  ${whySentence(each, model)}`),
            ...(column === undefined ? [] : explained.quiet.map((each) => `  ${quietSentence(each)}`)),
          ];
    for (const line of lines) terminal.write(`${line.replaceAll('`', '')}\n`);
    if (lines.length === 0) terminal.writeError(`${summary.replaceAll('`', '')}\n`);
  } finally {
    await core.close();
  }
}

/** The names are a contract with scripts. */
function jsonLines({ window, anomalies, quiet }: Explanation): string[] {
  return [
    ...anomalies.map(({ detection, severity, outcome, entries }: ExplainedAnomaly) => ({
      ...facts(detection),
      rule: detection.rule ?? null,
      severity,
      outcome,
      filters: entries.map(({ filter, isKept, measure, threshold, note }) => ({
        ...{ filter, isKept, measure, threshold },
        note: note ?? null,
      })),
    })),
    ...quiet.map((detection) => ({ ...facts(detection), rule: null, severity: null, outcome: 'quiet', filters: [] })),
  ].map((line) => JSON.stringify({ window: window.key, ...line }));
}

function facts({ series, value, rows, forecast, tail }: Detection) {
  return {
    ...{ segment: series.segment, column: series.column, statistic: series.statistic },
    ...{ value, rows },
    baseline: forecast?.baseline ?? null,
    lower: forecast?.lower ?? null,
    upper: forecast?.upper ?? null,
    tail: tail ?? null,
  };
}

import type { Command } from 'commander';
import { findModel } from '../../commands/find-model.ts';
import { checkWords } from '../../commands/index.ts';
import { presentReport, summarySentence } from '../alerting/index.ts';
import { parseWindow } from '../domain/window.ts';
import { checkNow } from '../jobs/index.ts';
import type { CliDeps } from './deps.ts';
import { openCore } from './open-core.ts';

interface CheckArguments {
  readonly model: string;
  readonly window?: string;
}

export function registerCheck(program: Command, deps: CliDeps): void {
  program
    .command('check')
    .description('statistics, detection, filters and report of one window of a registered model')
    .requiredOption('--model <slug>', 'the model')
    .option('--window <day|hour>', 'the window; the newest that has landed when absent')
    .action((options: CheckArguments) => check(deps, options));
}

/** The report goes to the outbox, which the running bot sends. */
async function check(deps: CliDeps, options: CheckArguments): Promise<void> {
  const { terminal, clock } = deps;
  const core = await openCore(deps);
  try {
    const model = findModel(core.stores, options.model);
    const asked = options.window === undefined ? undefined : parseWindow(options.window, model.zone, model.granularity);
    const outcome = await checkNow(core.checks, model, asked);
    terminal.write(`${model.slug}, ${outcome.window.key}: ${checkWords(outcome)}\n`);
    const report = outcome.reportId === undefined ? undefined : core.stores.reports.byId(outcome.reportId);
    if (report === undefined) return;
    terminal.write(`report #${report.id}: ${summarySentence(presentReport(core, report, clock.now()))}\n`);
  } finally {
    await core.close();
  }
}

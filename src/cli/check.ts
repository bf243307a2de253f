import type { Command } from 'commander';
import { findModel } from '../../commands/find-model.ts';
import { checkWords } from '../../commands/index.ts';
import { presentReport, reportMessage, summarySentence } from '../alerting/index.ts';
import type { ReportId } from '../domain/identifiers.ts';
import { parseWindow } from '../domain/window.ts';
import { checkNow } from '../jobs/index.ts';
import type { Core } from '../main.ts';
import { formatText } from '../messages/format-text.ts';
import type { OutboxEntry } from '../ports/stores.ts';
import type { CliDeps } from './deps.ts';
import { openCore, withCopiedCore } from './open-core.ts';

interface CheckArguments {
  readonly model: string;
  readonly window?: string;
  readonly dryRun?: true;
}

export function registerCheck(program: Command, deps: CliDeps): void {
  program
    .command('check')
    .description('statistics, detection, filters and report of one window of a registered model')
    .requiredOption('--model <slug>', 'the model')
    .option('--window <day|hour>', 'the window; the newest that has landed when absent')
    .option('--dry-run', 'write and send nothing; print the message that would be sent')
    .action((options: CheckArguments) => check(deps, options));
}

/** The report goes to the outbox, which the running bot sends. */
async function check(deps: CliDeps, options: CheckArguments): Promise<void> {
  if (options.dryRun === true) return await withCopiedCore(deps, (core) => checkDry(deps, core, options));
  const core = await openCore(deps);
  try {
    const report = await checkOn(deps, core, options);
    if (report === undefined) return;
    deps.terminal.write(`report #${report.id}: ${summarySentence(presentReport(core, report, deps.clock.now()))}\n`);
  } finally {
    await core.close();
  }
}

async function checkDry(deps: CliDeps, core: Core, options: CheckArguments): Promise<void> {
  const { terminal, clock } = deps;
  const before = new Set(outboxOf(core).map(({ key }) => key));
  const report = await checkOn(deps, core, options);
  const added = outboxOf(core).filter(({ key }) => !before.has(key));
  terminal.write('This was a dry run: nothing was written, nothing is sent.\n');
  if (report === undefined || added.length === 0) return;
  const { channel } = findModel(core.stores, options.model);
  const isEdit = core.stores.reports.posted(report.id as ReportId) !== undefined;
  terminal.write(`\nThe message ${isEdit ? 'that would be edited' : 'that would be posted'} in ${channel}:\n\n`);
  terminal.write(`${formatText(reportMessage(presentReport(core, report, clock.now())))}\n`);
  for (const entry of added) {
    if (entry.kind === 'note') terminal.write(`\nIn its thread:\n\n${formatText(entry.message)}\n`);
  }
}

async function checkOn({ terminal }: CliDeps, core: Core, options: CheckArguments) {
  const model = findModel(core.stores, options.model);
  const asked = options.window === undefined ? undefined : parseWindow(options.window, model.zone, model.granularity);
  const outcome = await checkNow(core.checks, model, asked);
  terminal.write(`${model.slug}, ${outcome.window.key}: ${checkWords(outcome)}\n`);
  return outcome.reportId === undefined ? undefined : core.stores.reports.byId(outcome.reportId);
}

/** More than one check ever adds. */
const MOST_ENTRIES = 10_000;

function outboxOf({ stores }: Core): readonly OutboxEntry[] {
  return stores.outbox.due(Number.MAX_SAFE_INTEGER, MOST_ENTRIES);
}

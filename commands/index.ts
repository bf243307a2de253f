import { ack } from './ack.ts';
import { audit } from './audit.ts';
import { backtest } from './backtest.ts';
import { budget } from './budget.ts';
import { chart } from './chart.ts';
import type { Caller, Command, CommandDeps } from './command.ts';
import { detector } from './detector.ts';
import { digest } from './digest.ts';
import { doctor } from './doctor.ts';
import { edit } from './edit.ts';
import { event } from './event.ts';
import { filters } from './filters.ts';
import { createHelp } from './help.ts';
import { importModels } from './import.ts';
import { label } from './label.ts';
import { labels } from './labels.ts';
import { list } from './list.ts';
import { marks } from './marks.ts';
import { mute } from './mute.ts';
import { newNormal } from './new-normal.ts';
import { register } from './register.ts';
import { report } from './report.ts';
import { retire } from './retire.ts';
import { run } from './run.ts';
import { type CommandOutcome, runTyped, type ShowMeanwhile } from './run-command.ts';
import { settings } from './settings.ts';
import { status } from './status.ts';
import { unmute } from './unmute.ts';
import { vote } from './vote.ts';
import { why } from './why.ts';

export { createAccess } from './access.ts';
export { parseDays } from './backtest.ts';
export { backtestSentences, replayedLine } from './backtest-words.ts';
export { budgetFacts } from './budget-words.ts';
export type { Caller, CheckSummary, Command, CommandDeps, Invocation } from './command.ts';
export { commandRows, commandsDocument, usageHint } from './commands-document.ts';
export { createDigestForms } from './forms/digest-form.ts';
export { createImportForms } from './forms/import-form.ts';
export { createModelForms, type ModelFormDeps } from './forms/model-form.ts';
export { createQuietHoursForms } from './forms/quiet-hours-form.ts';
export { type Home, type HomeDeps, type HomeInput, homeOf } from './home.ts';
export { createModelPresses } from './model-presses.ts';
export { createPresses } from './presses.ts';
export { checkWords } from './run.ts';
export type { CommandOutcome, ShowMeanwhile } from './run-command.ts';
export { absentWords, explainAsked } from './why.ts';
export { quietSentence, whySentence, whySummary } from './why-words.ts';

/** Every subcommand of `/drift`, in the order help shows them. Routing, help and documents are made of this table. */
export const commands: readonly Command[] = [
  createHelp(() => commands),
  register,
  edit,
  importModels,
  list,
  status,
  report,
  chart,
  run,
  mute,
  unmute,
  why,
  budget,
  filters,
  event,
  backtest,
  digest,
  ack,
  newNormal,
  vote,
  label,
  labels,
  marks,
  detector,
  doctor,
  settings,
  audit,
  retire,
];

/** Runs what was typed after `/drift`. Throws `usage.invalid` with a near command for an unknown one. */
export function runCommand(
  deps: CommandDeps,
  typed: string,
  caller: Caller,
  meanwhile?: ShowMeanwhile,
): Promise<CommandOutcome> {
  return runTyped(commands, deps, { typed, caller, ...(meanwhile && { meanwhile }) });
}

import type { Command } from 'commander';
import { parseWish } from '../../commands/budget.ts';
import { findModel } from '../../commands/find-model.ts';
import { budgetFacts } from '../../commands/index.ts';
import { RECOVERY_WINDOWS } from '../alerting/index.ts';
import { SYSTEM_USER } from '../domain/identifiers.ts';
import type { Core } from '../main.ts';
import { type BudgetDeps, type BudgetView, dropBudget, setBudget, viewBudget } from '../postprocessing/index.ts';
import type { CliDeps } from './deps.ts';
import { openKnownCore } from './open-core.ts';
import { inShellWords } from './shell-words.ts';

interface BudgetArguments {
  readonly model: string;
  readonly reports?: string;
  readonly json?: true;
}

export function registerBudget(program: Command, deps: CliDeps): void {
  program
    .command('budget')
    .description('how many reports a month are welcome; the threshold that fits is learned from the last 90 days')
    .requiredOption('--model <slug>', 'the model')
    .option('--reports <number|off>', 'reports a month at most; shows the budget when absent')
    .option('--json', 'one JSON object')
    .action((options: BudgetArguments) => budget(deps, options));
}

async function budget(deps: CliDeps, options: BudgetArguments): Promise<void> {
  const { terminal } = deps;
  const wish = options.reports === undefined ? undefined : parseWish(options.reports);
  const core = await openKnownCore(deps);
  try {
    const model = findModel(core.stores, options.model);
    const view = await applyWish(core, options.model, wish);
    if (options.json === true) {
      terminal.write(`${JSON.stringify({ model: model.slug, budget: null, realised: null, ...view })}\n`);
      return;
    }
    const lines = budgetFacts(findModel(core.stores, options.model), view);
    for (const { label, words } of lines) terminal.write(`${label}: ${inShellWords(words).replaceAll('`', '')}\n`);
  } finally {
    await core.close();
  }
}

async function applyWish(core: Core, slug: string, wish: number | 'off' | undefined): Promise<BudgetView> {
  const deps: BudgetDeps = { ...core, settings: core.filterSettings, recoveryWindows: RECOVERY_WINDOWS };
  const model = findModel(core.stores, slug);
  if (typeof wish === 'number') return await setBudget(deps, { model, by: SYSTEM_USER, reportsPerMonth: wish });
  if (wish === 'off') dropBudget(deps, { model, by: SYSTEM_USER });
  return viewBudget(deps, findModel(core.stores, slug));
}

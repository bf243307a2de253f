import { RECOVERY_WINDOWS } from '../src/alerting/index.ts';
import { DriftbellError } from '../src/domain/errors.ts';
import { plainMessage } from '../src/messages/message.ts';
import { dropBudget, setBudget, viewBudget } from '../src/postprocessing/index.ts';
import { authorise } from './authorise.ts';
import { budgetMessage } from './budget-words.ts';
import { defineCommand } from './command.ts';
import { findModel, refuseExtras, requireWord } from './find-model.ts';

const USAGE = 'budget <model> [reports a month | off]';
/** One a day: who welcomes more needs no budget. */
const MOST_PER_MONTH = 30;

interface BudgetWish {
  readonly slug: string;
  /** Absent: it is only looked at. */
  readonly wish?: number | 'off';
}

export const budget = defineCommand<BudgetWish>({
  name: 'budget',
  usage: USAGE,
  summary: 'Says how many reports a month are welcome; the threshold that fits is learned from the last 90 days.',
  examples: ['budget flight-delay 2', 'budget flight-delay', 'budget flight-delay off'],
  role: 'viewer',
  about: 'model',
  isLong: true,
  parse: (args) => {
    refuseExtras(args, 2, [], USAGE);
    const slug = requireWord(args, 0, 'model', USAGE);
    const typed = args.words[1];
    return typed === undefined ? { slug } : { slug, wish: parseWish(typed) };
  },
  run: async (deps, { slug, wish }, { user }) => {
    const model = findModel(deps.stores, slug);
    if (wish === undefined) return budgetMessage(model, viewBudget(deps, model));
    await authorise(deps, { user, action: 'model.budget', need: 'owner', model });
    const budgeting = { ...deps, settings: deps.filterSettings, recoveryWindows: RECOVERY_WINDOWS };
    if (wish !== 'off') {
      return budgetMessage(model, await setBudget(budgeting, { model, by: user, reportsPerMonth: wish }));
    }
    const had = dropBudget(budgeting, { model, by: user });
    return plainMessage(
      had
        ? `${model.slug} has no alert budget any more: the detector’s own threshold counts from the next window on.`
        : `${model.slug} had no alert budget.`,
    );
  },
});

/** `2`, `0.5`, `2/month`, `off`. */
export function parseWish(typed: string): number | 'off' {
  const word = typed.toLowerCase();
  if (['off', 'none'].includes(word)) return 'off';
  const wish = /^\d+(\.\d+)?(\/month)?$/.test(word) ? Number.parseFloat(word) : Number.NaN;
  if (wish >= 0 && wish <= MOST_PER_MONTH) return wish;
  throw new DriftbellError('usage.invalid', {
    expected: `reports a month, from 0 to ${MOST_PER_MONTH}, or \`off\``,
    received: JSON.stringify(typed.slice(0, 40)),
    remedy: 'write a number such as 2 or 0.5',
  });
}

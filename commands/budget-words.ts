import type { AlertBudget } from '../src/domain/filter-settings.ts';
import type { Model } from '../src/domain/model.ts';
import { formatInstant } from '../src/messages/format-instant.ts';
import { formatNumber } from '../src/messages/format-number.ts';
import { type Message, plainSentence, sentence } from '../src/messages/message.ts';
import { BUDGET_DAYS, type BudgetView, LEAST_DAYS, type RealisedRate } from '../src/postprocessing/index.ts';
import { replayedLine } from './backtest-words.ts';

/** Of fewer days, one report would read as many a month. */
const LEAST_RATE_DAYS = 14;

/** Reports that are named; the rest is a number. */
const MOST_LOST = 4;

interface Fact {
  readonly label: string;
  readonly words: string;
}

/** The wish, what was learned of it, and what really came, beside each other. */
export function budgetMessage(model: Model, view: BudgetView): Message {
  const facts = budgetFacts(model, view);
  return {
    text: `Alert budget of ${model.slug}: ${facts.map(({ label, words }) => `${label.toLowerCase()}: ${plainSentence(words)}`).join('; ')}.`,
    blocks: [
      { type: 'header', text: `Alert budget of ${model.slug}` },
      { type: 'facts', facts: facts.map(({ label, words }) => ({ label, value: sentence(words) })) },
    ],
  };
}

/** The same as lines of text, for the command line. */
export function budgetFacts(model: Model, { budget, realised, standardPerMonth, lost }: BudgetView): readonly Fact[] {
  const came = { label: 'Really came', words: realisedWords(realised, budget) };
  if (budget === undefined) {
    return [
      { label: 'Welcome', words: `no budget; set one with \`/drift budget ${model.slug} 2\`` },
      came,
      { label: 'Threshold', words: 'the detector’s own' },
    ];
  }
  return [
    { label: 'Welcome', words: welcomeWords(budget) },
    came,
    { label: 'Threshold', words: thresholdWords(model, budget) },
    ...replayedFacts(budget, standardPerMonth),
    ...lostFacts(model, budget, lost),
  ];
}

/** `at most 2 reports a month`. */
export function welcomeWords({ reportsPerMonth }: AlertBudget): string {
  return `at most ${rate(reportsPerMonth)}`;
}

/** `1.7 reports a month: 5 reports in 90 checked days of the last 90, above the wish`. */
export function realisedWords(realised: RealisedRate | undefined, budget: AlertBudget | undefined): string {
  if (realised === undefined) return 'nothing yet: no window has been checked';
  const { reports, days, perMonth } = realised;
  const checkedWords = `${plural(reports, 'report')} in ${formatNumber(Math.round(days * 10) / 10)} checked days of the last ${BUDGET_DAYS}`;
  if (days < LEAST_RATE_DAYS) return `${checkedWords}, too few for a rate`;
  const above = budget !== undefined && perMonth > budget.reportsPerMonth ? ', above the wish' : '';
  return `${rate(perMonth)}: ${checkedWords}${above}`;
}

function thresholdWords(model: Model, { calibrated }: AlertBudget): string {
  if (calibrated === undefined) {
    return `the detector’s own: fewer than ${LEAST_DAYS} judged days are stored; set the budget again when there are more`;
  }
  const { setting, value, at, windows } = calibrated;
  const byHand = model.filters?.[setting];
  const learned = `${levelWords(setting, value)}, learned ${formatInstant(at, model.zone)} from ${plural(windows, 'judged window')}`;
  return byHand === undefined
    ? learned
    : `${levelWords(setting, byHand)}, set by hand; the budget would take ${learned}`;
}

function levelWords(setting: 'minimumRarity' | 'minimumSeverity', value: number): string {
  if (setting === 'minimumSeverity') return `${formatNumber(value)} widths of the band`;
  return `as rare as one in ${formatNumber(Math.round(value))} healthy windows of its kind`;
}

function replayedFacts({ reportsPerMonth, calibrated }: AlertBudget, standardPerMonth: number | undefined): Fact[] {
  if (calibrated === undefined) return [];
  const { replayedPerMonth } = calibrated;
  const without = standardPerMonth === undefined ? '' : `; ${rate(standardPerMonth)} with the detector’s own threshold`;
  const missed =
    replayedPerMonth > reportsPerMonth
      ? '. No threshold keeps the wish: the rest broke rules that need no band, such as missing data'
      : '';
  return [{ label: 'History would have had', words: `${rate(replayedPerMonth)}${without}${missed}` }];
}

/** Which reports of the replayed history the stricter threshold keeps back; nothing where it is not what counts. */
function lostFacts(model: Model, { calibrated }: AlertBudget, lost: BudgetView['lost']): Fact[] {
  if (calibrated === undefined || lost === undefined || model.filters?.[calibrated.setting] !== undefined) return [];
  if (lost.length === 0) return [{ label: 'No longer sent', words: 'none of those reports' }];
  const named = lost.slice(0, MOST_LOST).map((report) => {
    const posted = report.posted === undefined ? '' : `report #${report.posted}, `;
    return `${posted}${replayedLine(report, model)}`;
  });
  const more = lost.length > MOST_LOST ? [`+${lost.length - MOST_LOST} more`] : [];
  return [{ label: 'No longer sent', words: [...named, ...more].join('; ') }];
}

function rate(perMonth: number): string {
  return `${plural(Math.round(perMonth * 10) / 10, 'report')} a month`;
}

function plural(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;
}

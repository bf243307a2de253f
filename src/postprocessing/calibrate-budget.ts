/**
 * An alert budget: the least strict threshold under which history would have had no more reports than are welcome.
 *
 *   reports per month = reports replayed * 30 / days replayed
 *
 * The threshold is the rarity (1 / tail probability, in healthy windows of the kind) where the detector tells one, else
 * the severity (widths of the band). It is never below the detector's own: a budget is a wish for at most so many. What
 * breaks a rule that needs no band is judged by no threshold and told whatever the budget.
 * Idea: an interval tuned by its expected alert rate, as Greykite does; here the rate is that of whole reports, after all
 * filters and grouping, as people count them.
 * Edge cases: no history gives no threshold. Where no threshold is strict enough, the least strict of those with the
 * fewest reports is taken.
 */

import { type FilterOverrides, filterSettings } from '../domain/filter-settings.ts';
import { type History, type ReplayedReport, replayReports } from './replay-reports.ts';
import { type FilterSettings, withOwnersWord } from './settings.ts';
import { overlaps } from './told-report.ts';

export const DAYS_PER_MONTH = 30;
/** With fewer days, one incident more or less would move the threshold. */
export const LEAST_DAYS = 28;
/** Round steps of a decade: a threshold that people can read and that twice the same history gives again. */
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8] as const;
/** No value is further from its band: beyond e^5 widths there is only the empty band. */
const LARGEST_SEVERITY = 150;

export interface BudgetInput {
  readonly reportsPerMonth: number;
  /** Of the detector, before anything that a budget or the owner has set. */
  readonly standard: FilterSettings;
  /** What the owner has set; a threshold that is set by hand is not calibrated over. */
  readonly filters: FilterOverrides;
  /** Windows of a day: 1, or 24. */
  readonly windowsPerDay: number;
  readonly recoveryWindows: number;
}

export interface CalibratedThreshold {
  readonly setting: 'minimumRarity' | 'minimumSeverity';
  readonly value: number;
  readonly replayedPerMonth: number;
  /** The same with the detector's own threshold. */
  readonly standardPerMonth: number;
  /** Reports with the detector's own threshold of which nothing is left. */
  readonly lost: readonly ReplayedReport[];
  /** What asks no more than the detector does. */
  readonly standardSettings: FilterSettings;
}

export function calibrateBudget(history: History, input: BudgetInput): CalibratedThreshold | undefined {
  const days = history.judgedWindows / input.windowsPerDay;
  if (days < LEAST_DAYS) return undefined;
  const setting = input.standard.rarity === undefined ? 'minimumSeverity' : 'minimumRarity';
  const least = input.standard.rarity?.least ?? input.standard.minimumSeverity;
  const most = setting === 'minimumRarity' ? filterSettings.minimumRarity.highest : LARGEST_SEVERITY;
  const { [setting]: _byHand, ...filters } = input.filters;
  const settingsOf = (value: number) => withOwnersWord(input.standard, { filters: { ...filters, [setting]: value } });
  const reportsOf = (value: number) =>
    replayReports(history, { settings: settingsOf(value), recoveryWindows: input.recoveryWindows });
  const rateOf = (value: number): number => (reportsOf(value).length * DAYS_PER_MONTH) / days;

  const standardPerMonth = rateOf(least);
  let best = { value: least, replayedPerMonth: standardPerMonth };
  for (const value of thresholds(least, most)) {
    if (best.replayedPerMonth <= input.reportsPerMonth) break;
    const replayedPerMonth = rateOf(value);
    if (replayedPerMonth < best.replayedPerMonth) best = { value, replayedPerMonth };
  }
  const kept = reportsOf(best.value);
  const lost = reportsOf(least).filter((report) => !kept.some((other) => overlaps(report, other)));
  return { setting, ...best, standardPerMonth, lost, standardSettings: settingsOf(least) };
}

/** Round numbers above `least`, up to `most`, ascending. */
function thresholds(least: number, most: number): number[] {
  const found: number[] = [];
  for (let decade = 10 ** Math.floor(Math.log10(Math.max(least, Number.MIN_VALUE))); decade <= most; decade *= 10) {
    // 1.2 * 1000 and the like: without the tail of digits that binary fractions give.
    found.push(...STEPS.map((step) => Number((step * decade).toPrecision(2))));
  }
  return found.filter((value) => value > least && value <= most);
}

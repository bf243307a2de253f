import type { AlertBudget } from '../domain/filter-settings.ts';
import { type EpochMs, type ReportId, SYSTEM_USER, type UserId } from '../domain/identifiers.ts';
import { type Model, windowsPerDay } from '../domain/model.ts';
import { windowAt } from '../domain/window.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { calibrateBudget, DAYS_PER_MONTH } from './calibrate-budget.ts';
import { type HistoryDeps, loadHistory } from './load-history.ts';
import type { FilterSettings } from './settings.ts';
import { overlaps, type ToldReport, toldReport } from './told-report.ts';

export interface BudgetDeps extends Omit<HistoryDeps, 'letOthersIn'> {
  readonly stores: HistoryDeps['stores'] & Pick<Stores, 'audit' | 'reports' | 'runs' | 'transaction'>;
  readonly clock: Clock;
  /** What the detector asks for. */
  readonly settings: (model: Model) => FilterSettings;
  /** Quiet windows after the last firing one until a report resolves. */
  readonly recoveryWindows: number;
}

/** A quarter: long enough for a few incidents, short enough to be about the model of today. */
export const BUDGET_DAYS = 90;
const DAY_MS = 86_400_000;
/** As runs of checks are named. */
const CHECK_JOB = 'check';

/** What came of the wish. */
export interface BudgetView {
  readonly budget?: AlertBudget;
  /** Reports in 30 days that history would have had with the detector's own threshold; absent where nothing was replayed. */
  readonly standardPerMonth?: number;
  /** Reports of that history that the threshold keeps back, the newest first; absent where nothing was replayed. */
  readonly lost?: readonly LostReport[];
  /** Absent while no window was judged. */
  readonly realised?: RealisedRate;
}

export interface LostReport extends ToldReport {
  /** The report that was really posted then. */
  readonly posted?: ReportId;
}

export interface RealisedRate {
  readonly reports: number;
  /** Checked days of the last 90. */
  readonly days: number;
  /** Reports in 30 days. */
  readonly perMonth: number;
}

/** Replays the last 90 days and keeps the wish with the threshold that fits it. */
export async function setBudget(
  deps: BudgetDeps,
  input: { readonly model: Model; readonly by: UserId; readonly reportsPerMonth: number },
): Promise<BudgetView> {
  const { stores, clock } = deps;
  const { model, by, reportsPerMonth } = input;
  const learned = await learn(deps, model, reportsPerMonth);
  const at = clock.now();
  const budget: AlertBudget = {
    reportsPerMonth,
    ...(learned === undefined ? {} : { calibrated: { ...learned.threshold, at, windows: learned.windows } }),
  };
  stores.transaction(() => {
    stores.models.setBudget(model.id, budget);
    const facts = { before: model.budget?.reportsPerMonth ?? null, ...budget };
    stores.audit.add({ at, by, action: 'model.budget', subject: `model:${model.slug}`, facts });
  });
  return {
    ...viewBudget(deps, { ...model, budget }),
    ...(learned === undefined ? {} : { standardPerMonth: learned.standardPerMonth, lost: learned.lost }),
  };
}

/** Learns the thresholds of all budgets anew, from the 90 days up to now: a model that was calm may be so no more. */
export async function relearnBudgets(deps: BudgetDeps): Promise<number> {
  let relearned = 0;
  for (const { id } of deps.stores.models.list()) {
    // Read anew: the one before may have taken a while, and an owner may have changed the wish.
    const model = deps.stores.models.byId(id);
    if (model?.budget === undefined) continue;
    await setBudget(deps, { model, by: SYSTEM_USER, reportsPerMonth: model.budget.reportsPerMonth });
    relearned += 1;
  }
  return relearned;
}

/** Back to the detector's own threshold. False where there was no budget. */
export function dropBudget(
  { stores, clock }: BudgetDeps,
  { model, by }: { readonly model: Model; readonly by: UserId },
): boolean {
  if (model.budget === undefined) return false;
  const facts = { before: model.budget.reportsPerMonth };
  stores.transaction(() => {
    stores.models.setBudget(model.id, undefined);
    stores.audit.add({ at: clock.now(), by, action: 'model.budget', subject: `model:${model.slug}`, facts });
  });
  return true;
}

/** The wish, what was learned of it, and what really came. */
export function viewBudget({ stores }: Pick<BudgetDeps, 'stores'>, model: Model): BudgetView {
  const realised = realisedRate(stores, model);
  return {
    ...(model.budget === undefined ? {} : { budget: model.budget }),
    ...(realised === undefined ? {} : { realised }),
  };
}

/** Reports of the last 90 days of the data, by the windows that were checked for them: nothing is told of a history. */
export function realisedRate(
  stores: Pick<Stores, 'reports' | 'runs' | 'statistics'>,
  model: Model,
): RealisedRate | undefined {
  const toMs = newestEnd(stores, model);
  if (toMs === undefined) return undefined;
  const fromMs = toMs - BUDGET_DAYS * DAY_MS;
  const checked = stores.runs.done(CHECK_JOB, model.id, fromMs, toMs).size;
  if (checked === 0) return undefined;
  const reports = stores.reports.list(model.id).filter(({ opened }) => opened.startMs >= fromMs).length;
  const days = checked / windowsPerDay[model.granularity];
  return { reports, days, perMonth: (reports * DAYS_PER_MONTH) / days };
}

async function learn(deps: BudgetDeps, model: Model, reportsPerMonth: number) {
  const { stores, clock } = deps;
  const toMs = newestEnd(stores, model);
  if (toMs === undefined) return undefined;
  const history = await loadHistory(
    { ...deps, letOthersIn: () => clock.sleep(0) },
    { model, fromMs: toMs - BUDGET_DAYS * DAY_MS, toMs, now: clock.now() },
  );
  if (history === undefined) return undefined;
  const found = calibrateBudget(history, {
    ...{ reportsPerMonth, standard: deps.settings(model), filters: model.filters ?? {} },
    ...{ windowsPerDay: windowsPerDay[model.granularity], recoveryWindows: deps.recoveryWindows },
  });
  if (found === undefined) return undefined;
  const { standardPerMonth, lost: kept, standardSettings: settings, ...threshold } = found;
  const posted = stores.reports.list(model.id);
  const lost = kept.toReversed().map((report): LostReport => {
    const same = posted.find((other) => overlaps(report, other));
    return { ...toldReport(deps, { model, history, settings }, report), ...(same && { posted: same.id }) };
  });
  return { threshold, standardPerMonth, lost, windows: history.judgedWindows };
}

/** The end of the newest window with statistics: by the time of the data, as a source that has ended is no quiet one. */
function newestEnd({ statistics }: Pick<Stores, 'statistics'>, { id, zone, granularity }: Model): EpochMs | undefined {
  const last = statistics.windowStarts(id).at(-1);
  return last === undefined ? undefined : windowAt(last, zone, granularity).endMs;
}

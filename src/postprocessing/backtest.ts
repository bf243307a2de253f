import type { FilterOverrides } from '../domain/filter-settings.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import { type Model, windowsPerDay } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { shiftWindow, type Window, windowAt } from '../domain/window.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';
import { DAYS_PER_MONTH } from './calibrate-budget.ts';
import { type HistoryDeps, loadHistory } from './load-history.ts';
import { type ReplayedReport, replayReports } from './replay-reports.ts';
import { type FilterSettings, withOwnersWord } from './settings.ts';
import { overlaps, type ToldReport, toldReport } from './told-report.ts';

export interface BacktestDeps extends Omit<HistoryDeps, 'letOthersIn'> {
  readonly stores: HistoryDeps['stores'] & Pick<Stores, 'reports' | 'votes'>;
  readonly clock: Clock;
  /** What the detector asks for. */
  readonly settings: (model: Model) => FilterSettings;
  /** Quiet windows after the last firing one until a report resolves. */
  readonly recoveryWindows: number;
}

export interface Backtest {
  /** First and last window that was replayed. */
  readonly from: Window;
  readonly to: Window;
  /** Those of them with a forecast. */
  readonly judgedWindows: number;
  /** With the settings as they are. */
  readonly now: BacktestSide;
  /** With the changed ones. */
  readonly changed: BacktestSide;
  readonly voted: VotedReports;
}

export interface BacktestSide {
  readonly reports: readonly ToldReport[];
  readonly perMonth: number;
}

/** Real reports of the time that people voted on, and how many of them would still have come. */
export interface VotedReports {
  readonly real: { readonly all: number; readonly kept: number };
  readonly notUseful: { readonly all: number; readonly kept: number };
}

/** What stored history would have reported with changed settings, beside what it would with those of now. Writes nothing. */
export async function backtest(
  deps: BacktestDeps,
  input: { readonly model: Model; readonly days: number; readonly changes: FilterOverrides },
): Promise<Backtest | undefined> {
  const { stores, clock } = deps;
  const { model, days, changes } = input;
  const last = stores.statistics.windowStarts(model.id).at(-1);
  if (last === undefined) return undefined;
  const toMs = windowAt(last, model.zone, model.granularity).endMs;
  const fromMs = startOf(model, last, days);
  const history = await loadHistory(
    { ...deps, letOthersIn: () => clock.sleep(0) },
    { model, fromMs, toMs, now: clock.now() },
  );
  const [from, to] = [history?.windows[0], history?.windows.at(-1)];
  if (history === undefined || from === undefined || to === undefined) return undefined;
  const standard = deps.settings(model);
  const side = (settings: FilterSettings): BacktestSide => {
    const reports = replayReports(history, { settings, recoveryWindows: deps.recoveryWindows });
    const judgedDays = history.judgedWindows / windowsPerDay[model.granularity];
    return {
      reports: reports.map((report) => toldReport(deps, { model, history, settings }, report)),
      perMonth: judgedDays === 0 ? 0 : (reports.length * DAYS_PER_MONTH) / judgedDays,
    };
  };
  const changed = side(withOwnersWord(standard, { ...model, filters: { ...model.filters, ...changes } }));
  return {
    ...{ from, to, judgedWindows: history.judgedWindows, changed },
    now: side(withOwnersWord(standard, model)),
    voted: votedReports(deps, { model, fromMs, toMs }, changed.reports),
  };
}

function startOf({ zone, granularity }: Model, last: EpochMs, days: number): EpochMs {
  return shiftWindow(windowAt(last, zone, granularity), 1 - days * windowsPerDay[granularity], zone, granularity)
    .startMs;
}

/** A report counts as not useful where more people said so than said it was real; a tie says nothing. */
function votedReports(
  { stores }: BacktestDeps,
  { model, fromMs, toMs }: { readonly model: Model; readonly fromMs: EpochMs; readonly toMs: EpochMs },
  replayed: readonly ReplayedReport[],
): VotedReports {
  const inTime = stores.reports
    .list(model.id)
    .filter(({ opened }) => opened.startMs >= fromMs && opened.startMs < toMs);
  const balance = (report: Report): number =>
    stores.votes.ofReport(report.id).reduce((sum, { verdict }) => sum + (verdict === 'real' ? 1 : -1), 0);
  const count = (reports: readonly Report[]) => ({
    all: reports.length,
    kept: reports.filter((report) => replayed.some((other) => overlaps(report, other))).length,
  });
  return {
    real: count(inTime.filter((report) => balance(report) > 0)),
    notUseful: count(inTime.filter((report) => balance(report) < 0)),
  };
}

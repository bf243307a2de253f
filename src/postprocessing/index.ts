export { type Backtest, type BacktestDeps, type BacktestSide, backtest, type VotedReports } from './backtest.ts';
export {
  BUDGET_DAYS,
  type BudgetDeps,
  type BudgetView,
  dropBudget,
  type RealisedRate,
  realisedRate,
  relearnBudgets,
  setBudget,
  viewBudget,
} from './budget.ts';
export { calibrateBudget, LEAST_DAYS } from './calibrate-budget.ts';
export { declareEvent, type EventDeps, withdrawEvent } from './declare-event.ts';
export {
  type ExplainedAnomaly,
  type Explanation,
  explainWindow,
  windowToExplain,
} from './explain.ts';
export { EMPTY_CONTEXT, type Filter, type FilterContext, type FilterInput, NO_WINDOW_FACTS } from './filter.ts';
export { anomalousWithin } from './filters/duration.ts';
export { applyFilters, filters } from './filters/index.ts';
export { filtersDocument } from './filters-document.ts';
export { findFindings, type PostprocessingInput, type PostprocessingResult } from './findings.ts';
export { type HistoryDeps, loadHistory } from './load-history.ts';
export { mannKendall, theilSen } from './monotone-trend.ts';
export { patternOf, SPIKE_WINDOWS } from './patterns.ts';
export {
  type Candidate,
  candidatesOf,
  type History,
  type ReplayedReport,
  replayedFindings,
  replayReports,
} from './replay-reports.ts';
export { type PostprocessingDeps, runPostprocessing } from './run.ts';
export { type EffectiveSetting, effectiveSettings, setFilter } from './set-filter.ts';
export {
  codeFilterSettings,
  type FilterSettings,
  filterSettingsOf,
  paperFilterSettings,
  withOwnersWord,
} from './settings.ts';
export { EMPTY_BAND_SEVERITY, severity } from './severity.ts';
export type { ToldReport } from './told-report.ts';

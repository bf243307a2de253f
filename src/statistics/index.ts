export { type AlertSeriesOptions, alertSeries } from './alert-series.ts';
export { anomalousWindows } from './anomalous-windows.ts';
export { catalog, type StatisticDefinition, statisticsOf } from './catalog.ts';
export { deriveStatistics } from './derive.ts';
export { type ExpectedRows, expectedRows } from './expected-rows.ts';
export type { Importance } from './importance.ts';
export { type InferredKind, inferKind } from './infer-kinds.ts';
export { type Look, landingOf, waitingLanding } from './landing.ts';
export { windowsWithLateLabels } from './late-labels.ts';
export { createMemoryHistory } from './memory-history.ts';
export { parseStatisticsLines } from './parse-lines.ts';
export { type PlannedProfile, planFromColumns, planProfile } from './plan.ts';
export { profileWindows, type StatisticsHistory } from './profile-windows.ts';
export { readImportance, refreshImportance } from './read-importance.ts';
export { dueMs, isOverdue, isReady } from './readiness.ts';
export {
  runLateLabels,
  runStatistics,
  type StatisticsDeps,
  type StatisticsInput,
  type StatisticsReport,
} from './run.ts';
export { statisticsDocument } from './statistics-document.ts';
export { refreshTrafficRatios, withTrafficRatios } from './traffic-ratio.ts';
export { isObserved, watchedSeries } from './watched-series.ts';

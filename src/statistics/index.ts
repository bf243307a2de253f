export { type AlertSeriesOptions, alertSeries } from './alert-series.ts';
export { catalog, type StatisticDefinition, statisticsOf } from './catalog.ts';
export { deriveStatistics } from './derive.ts';
export { type InferredKind, inferKind } from './infer-kinds.ts';
export { type PlannedProfile, planFromColumns, planProfile } from './plan.ts';
export { isReady } from './readiness.ts';
export { runStatistics, type StatisticsDeps, type StatisticsInput, type StatisticsReport } from './run.ts';
export { watchedSeries } from './watched-series.ts';

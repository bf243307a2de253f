export { CALIBRATION_JOB, type CalibrationJobDeps, calibrate, catchUpCalibration } from './calibration.ts';
export {
  backfillStatistics,
  type CatchUpOptions,
  catchUp,
  judgeWindows,
  letOthersIn,
} from './catch-up.ts';
export { CHECK_JOB } from './check-job.ts';
export {
  type CheckDeps,
  type CheckOutcome,
  type CheckSteps,
  checkNow,
  checkWindow,
  judgeWindow,
  type StatisticsCounts,
} from './check-window.ts';
export { DIGEST_JOB, type DigestJobDeps, scheduleDigests } from './digest.ts';
export { computeHistory, fillHistory, type HistoryCounts, historyWindows, underWay } from './history.ts';
export { type HeldDatabase, holdDatabase, PROCESS_JOB } from './hold-database.ts';
export { HOUSEKEEPING_JOB, HOUSEKEEPING_SCHEDULE, keepHouse } from './housekeeping.ts';
export { LATE_LABELS_JOB, refreshLabels, takeTurn } from './late-labels.ts';
export { catchUpLearning, LEARNING_JOB, type LearningJobDeps, learnNow } from './learning.ts';
export { createModelWatch, MODELS_JOB, MODELS_SCHEDULE, type ModelWatch, type ModelWatchDeps } from './model-watch.ts';
export { createOutboxWorker, type OutboxWorker } from './outbox-worker.ts';
export { newestReadyWindow, windowsBehind } from './ready-windows.ts';
export { type Job, runJob } from './runner.ts';
export { createSchedule, type Schedule, type ScheduledJob } from './schedule.ts';

export {
  backfillModel,
  backfillStatistics,
  CHECK_JOB,
  type CheckDeps,
  type CheckOutcome,
  type CheckSteps,
  catchUp,
  checkWindow,
  judgeWindow,
  newestReadyWindow,
  type StatisticsCounts,
  windowsBehind,
} from './check-window.ts';
export { createOutboxWorker, type OutboxWorker } from './outbox-worker.ts';
export { type Job, runJob } from './runner.ts';
export { createSchedule, type Schedule, type ScheduledJob } from './schedule.ts';

export { announceDecay } from './health/announce-decay.ts';
export { MOST_QUESTIONS, type Question } from './health/choose-questions.ts';
export {
  type DetectorHealth,
  detectorHealth,
  type HealthDeps,
  healthUntil,
  type WeekOfVotes,
} from './health/detector-health.ts';
export { openQuestions, type QuestionDeps } from './health/open-questions.ts';
export { bringLabels } from './labels/bring-labels.ts';
export { collectLabels } from './labels/collect-labels.ts';
export { labelLine, type PlacedLabel, parseLabelLines } from './labels/label-lines.ts';
export { resolveLabels } from './labels/resolve-labels.ts';
export { type SaidLabels, sayLabel } from './labels/say-label.ts';
export { type Saying, sayings, takeBack } from './labels/sayings.ts';
export { LEAST_INCIDENTS } from './learning/gate.ts';
export { type LearnDeps, type LearnInput, type LearnOutcome, learn } from './learning/learn.ts';
export { dryReceiptWords, formatFigure, receiptWords } from './learning/receipts.ts';
export { versionBefore, versionChanges } from './learning/version-words.ts';
export { pin, rollback, unpin, type VersionDeps } from './learning/versions.ts';
export { actAtOnce, type DoneAtOnce, MOST_A_WEEK, MOST_KNOWN_DAYS, QUIET_DAYS } from './marks/act-at-once.ts';
export { expectReturns } from './marks/expect-returns.ts';
export { guardMarks } from './marks/guard-marks.ts';
export { historyMarks } from './marks/history-marks.ts';
export { MOST_QUIET_DAYS, renewMarks } from './marks/renew-marks.ts';
export { saidOfSeries } from './marks/said-of-series.ts';
export type { DoubtReason } from './votes/false-alarm-probability.ts';
export { type JudgedWindows, type VoteDeps, type VoteDone, type VoteInput, vote } from './votes/vote.ts';
export { type SeeDetections, votedWindows } from './votes/voted-windows.ts';
export type { Untaught } from './votes/why-untaught.ts';

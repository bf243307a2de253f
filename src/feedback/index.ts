export { actAtOnce, type DoneAtOnce, MOST_A_WEEK, MOST_KNOWN_DAYS, QUIET_DAYS } from './act-at-once.ts';
export { announceDecay } from './announce-decay.ts';
export { bringLabels } from './bring-labels.ts';
export { MOST_QUESTIONS, type Question } from './choose-questions.ts';
export { collectLabels } from './collect-labels.ts';
export {
  type DetectorHealth,
  detectorHealth,
  type HealthDeps,
  healthUntil,
  type WeekOfVotes,
} from './detector-health.ts';
export { expectReturns } from './expect-returns.ts';
export type { DoubtReason } from './false-alarm-probability.ts';
export { LEAST_INCIDENTS } from './gate.ts';
export { guardMarks } from './guard-marks.ts';
export { historyMarks } from './history-marks.ts';
export { labelLine, parseLabelLines } from './label-lines.ts';
export { type LearnDeps, type LearnInput, type LearnOutcome, learn } from './learn.ts';
export { openQuestions, type QuestionDeps } from './open-questions.ts';
export { dryReceiptWords, formatFigure, receiptWords } from './receipts.ts';
export { MOST_QUIET_DAYS, renewMarks } from './renew-marks.ts';
export { resolveLabels } from './resolve-labels.ts';
export { saidOfSeries } from './said-of-series.ts';
export { type SaidLabels, sayLabel } from './say-label.ts';
export { type Saying, sayings, takeBack } from './sayings.ts';
export { versionBefore, versionChanges } from './version-words.ts';
export { pin, rollback, unpin, type VersionDeps } from './versions.ts';
export { type JudgedWindows, type VoteDeps, type VoteDone, type VoteInput, vote } from './vote.ts';
export { type SeeDetections, votedWindows } from './voted-windows.ts';
export type { Untaught } from './why-untaught.ts';

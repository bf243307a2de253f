import type { StoredFinding } from '../domain/finding.ts';
import type { EpochMs, FindingId, UserId } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { MarkKind, SeriesMark } from '../domain/series-mark.ts';
import type { VoteReason } from '../domain/vote.ts';
import type { Stores } from '../ports/stores.ts';

/** A pattern stays quiet for so long: one that comes with each month is met once more. What the night learns of it stays. */
export const QUIET_DAYS = 45;
const DAY_MS = 86_400_000;

const kindOf: Readonly<Record<VoteReason, MarkKind>> = {
  false_alarm: 'quieted',
  expected_once: 'expected_once',
  new_normal: 'new_normal',
  not_important: 'not_important',
};

export interface SaidOfFindings {
  readonly report: Report;
  /** Absent: all findings of the report. */
  readonly findingId?: FindingId | undefined;
  readonly by: UserId;
  readonly at: EpochMs;
}

/**
 * What a thumb down with a reason does at once to the series that it is about; an earlier word of the same person on the same
 * findings is undone. Without a reason, or with a thumb up, only that.
 */
export function actAtOnce(
  { seriesMarks }: Pick<Stores, 'seriesMarks'>,
  { report, findingId, by, at }: SaidOfFindings,
  reason: VoteReason | undefined,
): readonly SeriesMark[] {
  const about = report.findings.filter(({ id }) => findingId === undefined || id === findingId);
  const ids = new Set(about.map(({ id }) => id));
  for (const mark of seriesMarks.ofReport(report.id)) {
    if (mark.by === by && mark.findingId !== undefined && ids.has(mark.findingId)) seriesMarks.undo(mark.id, by, at);
  }
  if (reason === undefined) return [];
  // Of a whole report, what went back meanwhile has no new level.
  const isStanding = ({ to }: StoredFinding) => to.startMs >= report.latest.startMs;
  const findings = reason === 'new_normal' && findingId === undefined ? about.filter(isStanding) : about;
  return findings.map((finding) =>
    seriesMarks.put({
      ...{ modelId: report.modelId, series: finding.series, kind: kindOf[reason], by, at },
      ...{ reportId: report.id, findingId: finding.id },
      ...spanOf(finding, reason, at),
    }),
  );
}

function spanOf(
  { from, to, worst, severity }: StoredFinding,
  reason: VoteReason,
  at: EpochMs,
): Pick<SeriesMark, 'fromMs' | 'toMs' | 'isAbove' | 'size' | 'expiresAt'> {
  if (reason === 'new_normal' || reason === 'not_important') return { fromMs: from.startMs };
  const span = { fromMs: from.startMs, toMs: to.endMs };
  if (reason === 'expected_once') return span;
  const isAbove = (worst.value ?? 0) > (worst.forecast?.baseline ?? 0);
  return { ...span, isAbove, size: severity, expiresAt: at + QUIET_DAYS * DAY_MS };
}

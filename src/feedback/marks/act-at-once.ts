import { type Departure, departureOf, isAboutAsFar } from '../../domain/departure.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import type { StoredFinding } from '../../domain/finding.ts';
import type { EpochMs, FindingId, UserId } from '../../domain/identifiers.ts';
import type { Model } from '../../domain/model.ts';
import type { Report } from '../../domain/report.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { MarkKind, SeriesMark } from '../../domain/series-mark.ts';
import { isSameSide, type Side } from '../../domain/twin-series.ts';
import type { VoteReason } from '../../domain/vote.ts';
import type { Stores } from '../../ports/stores.ts';
import { type DoubtReason, type FalseAlarmDoubt, falseAlarmDoubt, isEnough } from '../votes/false-alarm-probability.ts';
import { toldFindings, votedReports } from '../votes/told-findings.ts';
import { wrongShares } from '../votes/voter-reliability.ts';

/** A pattern stays quiet for so long: one that comes with each quarter is met once more. What the night learns of it stays. */
export const QUIET_DAYS = 100;
/**
 * What people have called a false alarm for a year stays quiet for as long again: it is a habit of the series, and comes too
 * seldom to be renewed. After two years what matters may be another thing, and people are asked again.
 */
export const MOST_KNOWN_DAYS = 730;
const DAY_MS = 86_400_000;

/** What does not matter is quiet when it comes again, too: to be ranked last in a report of its own helps nobody. */
const kindsOf: Readonly<Record<VoteReason, readonly MarkKind[]>> = {
  false_alarm: ['quieted'],
  expected_once: ['expected_once'],
  new_normal: ['new_normal'],
  not_important: ['not_important', 'quieted'],
};

export interface SaidOfFindings {
  readonly report: Report;
  /** Absent: all findings of the report. */
  readonly findingId?: FindingId | undefined;
  readonly by: UserId;
  readonly at: EpochMs;
}

/**
 * Series of a model that the votes of one person quiet, rebase or expect at once within a week; votes beyond are kept, and
 * act when somebody else says the same. An owner may say what was expected, or is the new normal, of any number.
 */
export const MOST_A_WEEK = { owner: 30, other: 5 } as const;
const WEEK_MS = 7 * DAY_MS;

export interface DoneAtOnce {
  readonly marks: readonly SeriesMark[];
  /** Of the same person on the same findings, which are undone by it. */
  readonly lifted: readonly SeriesMark[];
  /** Of a thumb up: quiet patterns of others that it is about, and that hold until the night weighs all votes. */
  readonly standing: readonly SeriesMark[];
  /** Series for which the vote does nothing at once, since the person has marked as many of the model this week as may be. */
  readonly waiting: readonly SeriesKey[];
  /** Series for which it does nothing at once, as one vote is not sure enough there, and why. */
  readonly unsure: readonly SeriesKey[];
  readonly doubt?: DoubtReason;
}

/**
 * What a thumb down with a reason does at once to the series that it is about; an earlier word of the same person on the same
 * findings is undone. Without a reason, or with a thumb up, only that. Where one vote is not sure enough (`falseAlarmDoubt`), it
 * takes a second one to quiet: of somebody else, or on another report.
 */
export function actAtOnce(
  stores: Pick<Stores, 'seriesMarks' | 'models' | 'votes' | 'reports' | 'labels'>,
  { report, findingId, by, at }: SaidOfFindings,
  reason: VoteReason | undefined,
): DoneAtOnce {
  const { seriesMarks, models } = stores;
  const about = report.findings.filter(({ id }) => findingId === undefined || id === findingId);
  const ids = new Set(about.map(({ id }) => id));
  const lifted = seriesMarks
    .ofReport(report.id)
    .filter((mark) => mark.by === by && mark.findingId !== undefined && ids.has(mark.findingId));
  for (const { id } of lifted) seriesMarks.undo(id, by, at);
  if (reason === undefined) {
    const active = seriesMarks.active(report.modelId, at);
    const standing = active.filter((mark) => about.some((finding) => isQuietedBy(mark, finding)));
    return { marks: [], lifted, standing, waiting: [], unsure: [] };
  }
  // Of a whole report, what went back meanwhile has no new level.
  const isStanding = ({ to }: StoredFinding) => to.startMs >= report.latest.startMs;
  const findings = reason === 'new_normal' && findingId === undefined ? about.filter(isStanding) : about;
  const model = models.byId(report.modelId);
  const isOwner = model?.owners.includes(by) === true;
  const isQuieting = kindsOf[reason].includes('quieted');
  const doubt = isQuieting && model !== undefined ? doubtOf(stores, model) : undefined;
  const isLimited = !isOwner || isQuieting;
  const recent = seriesMarks.active(report.modelId, at).filter((mark) => mark.by === by && mark.at > at - WEEK_MS);
  const names = new Set(recent.filter(({ kind }) => kind !== 'not_important').map(({ series }) => seriesName(series)));
  const sure = findings.filter((one) => doubt === undefined || isEnough(doubt.probability(patternOf(one))));
  const acting = sure.filter(({ series }) => {
    const isWithin = names.has(seriesName(series)) || names.size < MOST_A_WEEK[isOwner ? 'owner' : 'other'];
    if (isWithin) names.add(seriesName(series));
    return isWithin || !isLimited;
  });
  const marks = acting.flatMap((finding) =>
    kindsOf[reason].map((kind) =>
      seriesMarks.put({
        ...{ modelId: report.modelId, series: finding.series, kind, by, at },
        ...{ reportId: report.id, findingId: finding.id },
        ...spanOf(finding, kind, {
          expiresAt: quietUntil(finding, doubt, at),
          isUnbounded: isOwner && reason === 'not_important' && isSureHowever(doubt, finding),
        }),
      }),
    ),
  );
  const without = (all: readonly StoredFinding[], some: readonly StoredFinding[]) =>
    all.filter((one) => !some.includes(one)).map(({ series }) => series);
  const unsure = without(findings, sure);
  return {
    ...{ marks, lifted, standing: [], waiting: without(sure, acting), unsure },
    ...(doubt !== undefined && unsure.length > 0 && { doubt: doubt.why(by) }),
  };
}

function doubtOf(stores: Pick<Stores, 'votes' | 'reports' | 'labels'>, model: Model): FalseAlarmDoubt {
  return falseAlarmDoubt(toldFindings(model, votedReports(stores, model)), wrongShares(stores.votes.spoken()));
}

function patternOf({ series, worst }: StoredFinding): Side & { readonly departure: Departure } {
  return { series, isAbove: isAboveBaseline(worst), departure: departureOf(worst) };
}

function isQuietedBy({ kind, series, isAbove = false, departure }: SeriesMark, finding: StoredFinding): boolean {
  const pattern = patternOf(finding);
  return kind === 'quieted' && isSameSide(pattern, { series, isAbove }) && isAboutAsFar(pattern.departure, departure);
}

/** What does not matter is quiet however far it goes where that is nearly sure, and about as far before. */
function isSureHowever(doubt: FalseAlarmDoubt | undefined, finding: StoredFinding): boolean {
  const { series, isAbove } = patternOf(finding);
  return doubt !== undefined && isEnough(doubt.probability({ series, isAbove }), true);
}

/** Longer where all that people say of the side of the series has been a false alarm for longer. */
function quietUntil(finding: StoredFinding, doubt: FalseAlarmDoubt | undefined, at: EpochMs): EpochMs {
  const since = isSureHowever(doubt, finding) ? (doubt?.calledSince(patternOf(finding)) ?? at) : at;
  return at + Math.min(MOST_KNOWN_DAYS * DAY_MS, Math.max(QUIET_DAYS * DAY_MS, at - since));
}

function spanOf(
  finding: StoredFinding,
  kind: MarkKind,
  { expiresAt, isUnbounded }: { readonly expiresAt: EpochMs; readonly isUnbounded: boolean },
): Pick<SeriesMark, 'fromMs' | 'toMs' | 'isAbove' | 'departure' | 'expiresAt'> {
  const { from, to } = finding;
  if (kind === 'new_normal' || kind === 'not_important') return { fromMs: from.startMs };
  const { isAbove, departure } = patternOf(finding);
  const span = { fromMs: from.startMs, toMs: to.endMs };
  if (kind === 'expected_once') return span;
  const quiet = { ...span, isAbove, expiresAt };
  // What an owner surely does not care about is no more important when it goes further.
  return isUnbounded ? quiet : { ...quiet, departure };
}

import type { FindingId, ReportId, UserId } from '../../domain/identifiers.ts';
import type { Report } from '../../domain/report.ts';
import type { Verdict, Vote, VoteReason } from '../../domain/vote.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/stores.ts';
import { actAtOnce, type DoneAtOnce } from '../marks/act-at-once.ts';
import { noteDispute, waitsForReason } from './dispute.ts';
import { type Untaught, whyUntaught } from './why-untaught.ts';

export interface VoteDeps {
  readonly stores: Pick<
    Stores,
    'models' | 'reports' | 'votes' | 'labels' | 'seriesMarks' | 'outbox' | 'audit' | 'transaction'
  >;
  readonly clock: Clock;
  /** Throws `report.unknown`. */
  readonly reportById: (id: ReportId) => Report;
  /** Lets people see the report with the new tally. */
  readonly showAnew: (report: Report) => void;
  /** What the vote is about, as the detector saw it; absent: nothing is learned from the vote. */
  readonly judged?: JudgedWindows | undefined;
}

/** The windows of a report, or of one of its findings, and the version of the detector that is in force. */
export type JudgedWindows = (about: {
  readonly report: Report;
  readonly findingId?: FindingId | undefined;
}) => Required<Pick<Vote, 'windows' | 'detector'>>;

export interface VoteInput {
  readonly reportId: ReportId;
  readonly findingId?: FindingId;
  readonly by: UserId;
  readonly verdict: Verdict;
  readonly reason?: VoteReason;
  /** What the person wrote about it. */
  readonly word?: string;
}

const NOTHING_DONE: DoneAtOnce = { marks: [], lifted: [], standing: [], waiting: [], unsure: [] };

export interface VoteDone extends DoneAtOnce {
  readonly report: Report;
  readonly isChanged: boolean;
  /** Absent where there is something to learn, and where nothing is learned from votes at all. */
  readonly untaught?: Untaught;
}

/**
 * Stores a thumb, or changes the one that this person gave before. The same again changes nothing, unless the person has said
 * otherwise of the same since, on the whole report or a finding, or what it did at once was undone: then it is said anew.
 */
export function vote(deps: VoteDeps, input: VoteInput): VoteDone {
  const { stores } = deps;
  const at = deps.clock.now();
  return stores.transaction(() => {
    const report = deps.reportById(input.reportId);
    const own = stores.votes.ofReport(report.id).filter(({ by }) => by === input.by);
    const before = own.find((other) => other.findingId === input.findingId);
    // A second 👎 without a reason must not wipe out the reason given after the first.
    const reason = input.reason ?? (before?.verdict === input.verdict ? before.reason : undefined);
    const word = input.word ?? (before?.verdict === input.verdict ? before.word : undefined);
    const isSameReason = before?.verdict === input.verdict && before.reason === reason;
    const isStanding = isSameReason && isLatest(before, own) && (input.reason === undefined || hasMark(stores, input));
    if (isStanding && before.word === word) return { report, isChanged: false, ...NOTHING_DONE };

    const { reportId, findingId, by, verdict } = input;
    const judged = deps.judged?.({ report, findingId });
    const untaught = judged && whyUntaught(report, findingId, judged.windows);
    const cast: Vote = {
      reportId,
      by,
      verdict,
      at,
      ...(findingId === undefined ? {} : { findingId }),
      ...(reason === undefined ? {} : { reason }),
      ...(word === undefined ? {} : { word }),
      ...judged,
    };
    stores.votes.put(cast);
    const done = isStanding ? NOTHING_DONE : actAtOnce(stores, { report, findingId, by, at }, reason);
    stores.audit.add({
      at,
      by,
      action: before === undefined ? 'vote.cast' : 'vote.change',
      subject: `report:${report.id}`,
      facts: { findingId, verdict, reason, before: before && { verdict: before.verdict, reason: before.reason } },
    });
    const model = stores.models.byId(report.modelId);
    if (model !== undefined && !waitsForReason(cast)) noteDispute(stores, { model, report, findingId, now: at });
    const touched = stores.reports.touch(report.id);
    deps.showAnew(touched);
    return { report: touched, isChanged: true, ...(untaught && { untaught }), ...done };
  });
}

/** False where the person said something later of what the vote is about. */
function isLatest({ findingId, at }: Vote, own: readonly Vote[]): boolean {
  const isAbout = (other: Vote) => findingId === undefined || other.findingId === undefined;
  return !own.some((other) => other.at > at && isAbout(other));
}

/** True while something stands that the person's vote did at once. */
function hasMark({ seriesMarks }: VoteDeps['stores'], { reportId, findingId, by }: VoteInput): boolean {
  return seriesMarks
    .ofReport(reportId)
    .some((mark) => mark.by === by && (findingId === undefined || mark.findingId === findingId));
}

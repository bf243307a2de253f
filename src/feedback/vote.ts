import type { FindingId, ReportId, UserId } from '../domain/identifiers.ts';
import type { Report } from '../domain/report.ts';
import type { Verdict, Vote, VoteReason } from '../domain/vote.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/stores.ts';

export interface VoteDeps {
  readonly stores: Pick<Stores, 'reports' | 'votes' | 'audit' | 'transaction'>;
  readonly clock: Clock;
  /** Throws `report.unknown`. */
  readonly reportById: (id: ReportId) => Report;
  /** Lets people see the report with the new tally. */
  readonly showAnew: (report: Report) => void;
}

export interface VoteInput {
  readonly reportId: ReportId;
  readonly findingId?: FindingId;
  readonly by: UserId;
  readonly verdict: Verdict;
  readonly reason?: VoteReason;
}

/** Stores a thumb, or changes the one that this person gave before. The same thumb again changes nothing. */
export function vote(deps: VoteDeps, input: VoteInput): { readonly report: Report; readonly isChanged: boolean } {
  const { stores } = deps;
  const at = deps.clock.now();
  return stores.transaction(() => {
    const report = deps.reportById(input.reportId);
    const before = stores.votes
      .ofReport(report.id)
      .find((other) => other.by === input.by && other.findingId === input.findingId);
    // A second 👎 without a reason must not wipe out the reason given after the first.
    const reason = input.reason ?? (before?.verdict === input.verdict ? before.reason : undefined);
    if (before?.verdict === input.verdict && before.reason === reason) return { report, isChanged: false };

    const { reportId, findingId, by, verdict } = input;
    const cast: Vote = {
      reportId,
      by,
      verdict,
      at,
      ...(findingId === undefined ? {} : { findingId }),
      ...(reason === undefined ? {} : { reason }),
    };
    stores.votes.put(cast);
    stores.audit.add({
      at,
      by,
      action: before === undefined ? 'vote.cast' : 'vote.change',
      subject: `report:${report.id}`,
      facts: { findingId, verdict, reason, before: before && { verdict: before.verdict, reason: before.reason } },
    });
    const touched = stores.reports.touch(report.id);
    deps.showAnew(touched);
    return { report: touched, isChanged: true };
  });
}

import { type Departure, departureOf } from '../../domain/departure.ts';
import { isAboveBaseline } from '../../domain/direction.ts';
import type { StoredFinding } from '../../domain/finding.ts';
import { groupBy } from '../../domain/group-by.ts';
import type { StoredLabel } from '../../domain/label.ts';
import type { Model } from '../../domain/model.ts';
import type { Report } from '../../domain/report.ts';
import type { Vote } from '../../domain/vote.ts';
import type { Stores } from '../../ports/stores.ts';
import { overruledBy } from '../labels/standing-labels.ts';
import { type Spoken, votesOnFinding } from './votes-on-finding.ts';

/** A finding that was told, and the latest word of each person on it. */
export interface ToldFinding {
  readonly finding: StoredFinding;
  readonly report: Report;
  readonly isAbove: boolean;
  readonly departure: Departure;
  /** Without the votes of who said something of it by hand later. */
  readonly spoken: readonly Spoken[];
}

/** What there is of a model that people could vote on, and what they said. */
export interface VotedReports {
  readonly reports: readonly Report[];
  /** Of the reports, in any order. */
  readonly votes: readonly Vote[];
  /** What people said by hand: later than their vote it takes the place of it. */
  readonly labels: readonly StoredLabel[];
}

export function votedReports(
  { reports, votes, labels }: Pick<Stores, 'reports' | 'votes' | 'labels'>,
  { id }: Pick<Model, 'id'>,
): VotedReports {
  return { reports: reports.list(id), votes: votes.ofModel(id), labels: labels.of(id) };
}

export function toldFindings(
  model: Pick<Model, 'owners'>,
  { reports, votes, labels }: VotedReports,
): readonly ToldFinding[] {
  const byReport = groupBy(votes, ({ reportId }) => reportId);
  const isOverruled = overruledBy(labels);
  return reports.flatMap((report) => {
    const own = byReport.get(report.id) ?? [];
    return report.findings.map((finding) => {
      const about = { series: finding.series, window: finding.worst.window };
      return {
        ...{ finding, report, isAbove: isAboveBaseline(finding.worst), departure: departureOf(finding.worst) },
        spoken: votesOnFinding(model, own, finding.id).filter(({ vote }) => !isOverruled(vote, about)),
      };
    });
  });
}

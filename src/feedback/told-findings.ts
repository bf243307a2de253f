import { isAboveBaseline } from '../domain/direction.ts';
import type { StoredFinding } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { departureOf } from '../domain/said.ts';
import type { Vote } from '../domain/vote.ts';
import { type Spoken, votesOnFinding } from './votes-on-finding.ts';

/** A finding that was told, and the latest word of each person on it. */
export interface ToldFinding {
  readonly finding: StoredFinding;
  readonly report: Report;
  readonly isAbove: boolean;
  readonly departure: number;
  readonly spoken: readonly Spoken[];
}

/** `votes`: of the reports, in any order. */
export function toldFindings(
  model: Pick<Model, 'owners'>,
  reports: readonly Report[],
  votes: readonly Vote[],
): readonly ToldFinding[] {
  const byReport = groupBy(votes, ({ reportId }) => reportId);
  return reports.flatMap((report) => {
    const own = byReport.get(report.id) ?? [];
    return report.findings.map((finding) => ({
      ...{ finding, report, isAbove: isAboveBaseline(finding.worst), departure: departureOf(finding.worst) },
      spoken: votesOnFinding(model, own, finding.id),
    }));
  });
}

import { isOutage } from '../domain/anomaly.ts';
import type { StoredFinding } from '../domain/finding.ts';
import { seriesName } from '../domain/series.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import type { ReportView } from './report-view.ts';

/** What broke comes first, then what moved, what creeps, and what is mere news. */
const OUTAGE_RANK = 4;
/** Widths of the band beyond which a departure is no part of what most series did together, and goes before it. */
const APART = { severity: 10, rank: 3 } as const;
const rankOfRule = { common_mode: 2, slow_drift: -4, spelling_changed: -6, column_new: -8 } as const;
/** What all traffic shows goes before what a segment shows, and the score before the features. */
const ALL_TRAFFIC_RANK = 2;
const SCORE_RANK = 1;

/**
 * Report findings by what people should read first: outages, departures, drifts, news; then what all traffic shows before
 * what a segment shows; there the score before the features; then severity x importance, where importance was told.
 */
export function currentFindings(
  view: Pick<ReportView, 'report'> & Partial<Pick<ReportView, 'importance'>>,
): readonly StoredFinding[] {
  const { importance = {} } = view;
  const isTold = Object.keys(importance).length > 0;
  const weightOf = ({ series, severity }: StoredFinding): number =>
    severity * (isTold && series.role === 'feature' ? (importance[series.column] ?? 0) : 1);
  return view.report.findings.toSorted(
    (a, b) =>
      rankOf(b) - rankOf(a) ||
      weightOf(b) - weightOf(a) ||
      b.severity - a.severity ||
      seriesName(a.series).localeCompare(seriesName(b.series)),
  );
}

function rankOf({ rule, series, severity }: StoredFinding): number {
  const moved = severity >= APART.severity && series.segment === ALL_TRAFFIC ? APART.rank : 0;
  const kind = isOutage(rule) ? OUTAGE_RANK : rule in rankOfRule ? rankOfRule[rule as keyof typeof rankOfRule] : moved;
  return kind + (series.segment === ALL_TRAFFIC ? ALL_TRAFFIC_RANK : 0) + (series.role === 'score' ? SCORE_RANK : 0);
}

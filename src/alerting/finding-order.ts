import { isOutage } from '../domain/anomaly.ts';
import type { StoredFinding } from '../domain/finding.ts';
import { seriesName } from '../domain/series.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import type { ReportView } from './report-view.ts';

/**
 * Report findings by what people should read first: outages, departures, drifts, news; then what all traffic shows before what a
 * segment shows; there the score before the features; then the widest departure.
 */
export function currentFindings(view: Pick<ReportView, 'report'>): readonly StoredFinding[] {
  const rank = (finding: StoredFinding): number =>
    (isOutage(finding.rule)
      ? 4
      : finding.rule === 'column_new'
        ? -8
        : finding.rule === 'slow_drift'
          ? -4
          : finding.rule === 'common_mode'
            ? 2
            : 0) +
    (finding.series.segment === ALL_TRAFFIC ? 2 : 0) +
    (finding.series.role === 'score' ? 1 : 0);
  return view.report.findings.toSorted(
    (a, b) => rank(b) - rank(a) || b.severity - a.severity || seriesName(a.series).localeCompare(seriesName(b.series)),
  );
}

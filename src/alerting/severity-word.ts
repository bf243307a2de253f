import { isOutage } from '../domain/anomaly.ts';
import type { Finding } from '../domain/finding.ts';
import type { SeverityWord } from '../domain/report.ts';

/** Twice the severity that a finding needs at all: far outside by the detector's own measure. */
const HIGH_SEVERITY = 2.6;
/** So many series at once are rarely a quirk of one column. */
const HIGH_FINDING_COUNT = 5;

/** Critical: an outage, or the score itself moved. High: far outside, or many series. Notable: the rest, and news. */
export function severityWord(findings: readonly Finding[]): SeverityWord {
  const isCritical = findings.some((finding) => isOutage(finding.rule) || finding.series.role === 'score');
  if (isCritical) return 'critical';
  const departures = findings.filter(({ rule }) => rule === 'band').length;
  const isCommon = findings.some(({ rule }) => rule === 'common_mode');
  const isHigh =
    isCommon || departures >= HIGH_FINDING_COUNT || findings.some(({ severity }) => severity >= HIGH_SEVERITY);
  return isHigh ? 'high' : 'notable';
}

import type { Pattern } from '../domain/finding.ts';
import type { ReportState, SeverityWord } from '../domain/report.ts';
import type { SeriesKey } from '../domain/series.ts';
import type { VoteReason } from '../domain/vote.ts';
import { formatNumber, formatShare } from '../messages/format-number.ts';

/** A word and a shape: the meaning survives without colour. */
export const severityMarks: Readonly<Record<SeverityWord, string>> = {
  notable: '🔹 Notable',
  high: '🔶 High',
  critical: '🛑 Critical',
};

export const stateMarks: Readonly<Record<ReportState, string>> = {
  firing: 'firing',
  acknowledged: '👀 acknowledged',
  resolved: '✅ Resolved',
};

export const patternWords: Readonly<Record<Pattern, string>> = {
  spike: 'spike',
  'level shift': 'level shift',
  outage: 'outage',
  developing: 'still developing',
};

export const voteReasonWords: Readonly<Record<VoteReason, string>> = {
  false_alarm: 'false alarm',
  expected_once: 'expected once',
  new_normal: 'new normal',
  not_important: 'not important',
};

const statisticWords: Readonly<Record<string, string>> = {
  standard_deviation: 'standard deviation',
  missing_rate: 'missing rate',
  non_finite_rate: 'non-finite rate',
  default_rate: 'default rate',
  distinct_count: 'distinct values',
  observed_expected_ratio: 'observed / expected',
  traffic_ratio: 'traffic ratio',
  q50: 'median',
};

/** `distance mean`, `traffic`, `origin share of ORD`, with the segment in front where there is one. */
export function seriesWords(key: SeriesKey): string {
  const share = /^share\[(.*)\]$/.exec(key.statistic);
  const statistic = share === null ? (statisticWords[key.statistic] ?? key.statistic) : `share of ${share[1]}`;
  const name = key.role === 'traffic' ? statistic : `${key.column} ${statistic}`;
  return key.segment === '' ? name : `${key.segment}: ${name}`;
}

/** Coverage, rates and shares are 0..1 and read best as percentages; entropy and the like do not. */
export function isShare(key: SeriesKey): boolean {
  return key.statistic === 'coverage' || key.statistic.endsWith('_rate') || key.statistic.startsWith('share[');
}

export function formatValue(value: number | null, key: SeriesKey): string {
  if (value === null) return 'no value';
  return isShare(key) ? formatShare(value) : formatNumber(value);
}

/** The departure from the baseline: percentage points for shares, percent for the rest. */
export function formatChange(value: number | null, baseline: number, key: SeriesKey): string {
  if (value === null) return 'missing';
  const difference = value - baseline;
  const sign = difference < 0 ? '−' : '+';
  if (isShare(key)) return `${sign}${roundPercent(Math.abs(difference) * 100)} points`;
  if (baseline === 0) return `${sign}${formatNumber(Math.abs(difference))}`;
  return `${sign}${roundPercent((Math.abs(difference) / Math.abs(baseline)) * 100)} %`;
}

/** A change needs two digits to be understood; more only pretend to be exact. */
function roundPercent(percent: number): string {
  return formatNumber(percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2)));
}

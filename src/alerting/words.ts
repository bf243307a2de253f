import type { Forecast } from '../domain/anomaly.ts';
import { counted } from '../domain/counted.ts';
import type { Pattern } from '../domain/finding.ts';
import type { Granularity } from '../domain/model.ts';
import type { ReportState, SeverityWord } from '../domain/report.ts';
import type { SeriesKey } from '../domain/series.ts';
import { isShareStatistic } from '../domain/share-statistic.ts';
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
  recovering: '↘️ Recovering',
  resolved: '✅ Resolved',
};

export const patternWords: Readonly<Record<Pattern, string>> = {
  spike: 'spike',
  'level shift': 'level shift',
  trend: 'trend',
  flatline: 'stuck at one value',
  outage: 'outage',
  'went live': 'went live',
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
  unseen_share: 'share of unseen categories',
  non_finite_rate: 'non-finite rate',
  default_rate: 'default rate',
  distinct_count: 'distinct values',
  observed_expected_ratio: 'observed / expected',
  traffic_ratio: 'traffic ratio',
  q50: 'median',
};

export function countFindings(count: number): string {
  return count === 1 ? 'The one finding' : `All ${count} findings`;
}

/** `3 days`, `1 hour`: windows of a model, counted. */
export function countWindows(count: number, granularity: Granularity): string {
  return counted(count, granularity);
}

/** `distance mean`, `traffic`, `origin share of ORD`, with the segment in front where there is one. */
export function seriesWords(key: SeriesKey): string {
  const share = /^share\[(.*)\]$/.exec(key.statistic);
  const statistic = share === null ? (statisticWords[key.statistic] ?? key.statistic) : `share of ${share[1]}`;
  const name = key.role === 'traffic' ? statistic : `${key.column} ${statistic}`;
  return key.segment === '' ? name : `${key.segment}: ${name}`;
}

/** Coverage, rates and shares are 0..1 and read best as percentages; entropy and the like do not. */
export function isShare(key: SeriesKey): boolean {
  return isShareStatistic(key.statistic);
}

export function formatValue(value: number | null, key: SeriesKey): string {
  if (value === null) return 'no value';
  return isShare(key) ? formatShare(value) : formatNumber(value);
}

/** From so many times as much on, and so small a part, the ratio says more than per cents, which end at -100. */
const LEAST_TIMES = 2;
const LARGEST_PART = 1 / 10;
/** A change of sign has no ratio, and beyond a tenfold change a percentage says less than the difference itself. */
const LARGEST_PERCENT = 1_000;
/** Shares this near to all or nothing are called so: the rest is rounding. */
const NEARLY = 1e-4;

/**
 * The departure from the baseline: percentage points for shares; else, where zero is not usual, the ratio of a value that
 * is at least twice or at most a tenth of it (`×100`, `÷100`), and percent; else the difference.
 */
export function formatChange(value: number | null, { baseline, lower, upper }: Forecast, key: SeriesKey): string {
  if (value === null) return 'missing';
  const difference = value - baseline;
  const sign = difference < 0 ? '−' : '+';
  if (isShare(key)) return `${sign}${roundPercent(Math.abs(difference) * 100)} points`;
  const percent = (Math.abs(difference) / Math.abs(baseline)) * 100;
  const isZeroUsual = lower <= 0 && upper >= 0;
  const times = timesOf(value, { baseline, lower });
  if (times !== undefined) return times >= 1 ? `×${roundPercent(times)}` : `÷${roundPercent(1 / times)}`;
  if (isZeroUsual || percent >= LARGEST_PERCENT) return `${sign}${formatNumber(Math.abs(difference))}`;
  return `${sign}${roundPercent(percent)} %`;
}

/**
 * The same with what it is held against: `29 % below what was expected`, `100 times what was expected`, `1/100 of what was
 * expected`.
 */
export function changeStory(value: number | null, forecast: Forecast, key: SeriesKey): string {
  const change = formatChange(value, forecast, key);
  if (change.startsWith('×')) return `${change.slice(1)} times what was expected`;
  if (change.startsWith('÷')) return `1/${change.slice(1)} of what was expected`;
  const side = (value ?? 0) < forecast.baseline ? 'below' : 'above';
  return `${change.replace(/^[−+]/, '')} ${side} what was expected`;
}

/** Undefined for what is no ratio that is worth telling: of values that may be zero, or that moved less. */
function timesOf(value: number, { baseline, lower }: Pick<Forecast, 'baseline' | 'lower'>): number | undefined {
  if (value <= 0 || baseline <= 0 || lower <= 0) return undefined;
  const times = value / baseline;
  return Number.isFinite(times) && times > 0 && (times >= LEAST_TIMES || times <= LARGEST_PART) ? times : undefined;
}

/** `700 to 745`, `about 100 %`. A share is shown within 0 and 1, whatever the band says. */
export function formatExpected({ lower, upper }: Forecast, key: SeriesKey): string {
  if (!isShare(key)) return rangeOrOne(formatValue(lower, key), formatValue(upper, key));
  const from = Math.min(1, Math.max(0, lower));
  const to = Math.min(1, Math.max(0, upper));
  if (from > 1 - NEARLY) return 'about 100 %';
  if (to < NEARLY) return 'about 0 %';
  return rangeOrOne(formatValue(from, key), formatValue(to, key));
}

function rangeOrOne(from: string, to: string): string {
  return from === to ? `about ${from}` : `${from} to ${to}`;
}

/** Widths of the band, as people can take them in. */
export function formatSeverity(severity: number): string {
  return severity > LARGEST_SEVERITY ? `over ${LARGEST_SEVERITY}` : severity.toFixed(1);
}

/** Where a series hardly moves, its band is so narrow that any change is thousands of widths. */
const LARGEST_SEVERITY = 100;

/** A change needs two digits to be understood; more only pretend to be exact. */
function roundPercent(percent: number): string {
  return formatNumber(percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2)));
}

import type { HistogramBar, HistogramChartRequest } from '../../src/domain/chart-request.ts';
import { formatInterval, formatQuantity } from '../../src/messages/format-number.ts';
import { cleanText } from '../clean-text.ts';
import { describePairs, describePeriods } from './shares.ts';
import { cut, cutText, MAX_NAME } from './wording.ts';

const MIDDLE = [0.25, 0.5, 0.75] as const;

/** Where the middle of the values lies in both periods, the rows that have no bar, and which windows they are of. */
export function histogramAltText(request: HistogramChartRequest): string {
  const { bars, rest } = request;
  const title = cut(cleanText(request.title), MAX_NAME);
  const unit = cut(cleanText(request.unit), MAX_NAME);
  const lines = [
    `${title}: now ${describeMiddle(bars, 'now', unit)}; usually ${describeMiddle(bars, 'usual', unit)}.`,
    ...(rest.length === 0 ? [] : [`Outside the bars: ${describePairs(rest)}.`]),
    describePeriods(request),
  ];
  return cutText(lines.join('\n'));
}

/** `about 512 miles, half of the values from 400 to 700`: of what the bars hold, even within each. */
function describeMiddle(bars: readonly HistogramBar[], period: 'usual' | 'now', unit: string): string {
  const [lower, middle, upper] = MIDDLE.map((part) => quantile(bars, period, part));
  if (lower === undefined || middle === undefined || upper === undefined) return 'no values';
  return `about ${formatQuantity(middle, unit)}, half of the values from ${formatInterval(lower, upper, unit)}`;
}

function quantile(bars: readonly HistogramBar[], period: 'usual' | 'now', part: number): number | undefined {
  const total = bars.reduce((sum, bar) => sum + bar[period], 0);
  let before = 0;
  for (const bar of bars) {
    const share = bar[period];
    if (share > 0 && before + share >= part * total) {
      const within = (part * total - before) / share;
      return Number((bar.lower + within * (bar.upper - bar.lower)).toPrecision(3));
    }
    before += share;
  }
  return undefined;
}

import type { ChartPeriod, SharePair, SharesChartRequest } from '../../src/domain/chart-request.ts';
import { formatShare } from '../../src/messages/format-number.ts';
import { formatWindows } from '../../src/messages/format-window.ts';
import { cleanText } from '../clean-text.ts';
import { countWindows, cut, cutText, MAX_NAME } from './wording.ts';

/** Every bar with its two numbers, then which windows they are of. */
export function sharesAltText(request: SharesChartRequest): string {
  const title = cut(cleanText(request.title), MAX_NAME);
  return cutText([`${title}: ${describePairs(request.rows)}.`, describePeriods(request)].join('\n'));
}

export function describePairs(pairs: readonly SharePair[]): string {
  return pairs.map(describePair).join('; ');
}

function describePair({ label, usual, now }: SharePair): string {
  return `${cut(cleanText(label), MAX_NAME)} ${formatShare(now)}, usually ${formatShare(usual)}`;
}

export function describePeriods(of: {
  readonly usual: ChartPeriod;
  readonly now: ChartPeriod;
  readonly zone: string;
}): string {
  const period = ({ from, to, windows }: ChartPeriod): string =>
    `${formatWindows(from, to, of.zone, 'spoken')}, ${countWindows(windows)}`;
  return `Now: ${period(of.now)}. Usual: ${period(of.usual)}.`;
}

import type { ReliabilityChartRequest } from '../../src/domain/chart-request.ts';
import { counted } from '../../src/domain/counted.ts';
import { formatCompactShare } from '../../src/messages/format-number.ts';
import { cleanText } from '../clean-text.ts';
import { cut, cutText, MAX_NAME } from './wording.ts';

/** Of every bin what was said, what came true, and of how many. */
export function reliabilityAltText({ title, bins }: ReliabilityChartRequest): string {
  const lines = bins.map(
    ({ said, real, low, high, labels }) =>
      `said ${formatCompactShare(said)}: ${formatCompactShare(real)} real, likely ${formatCompactShare(low)} to ${formatCompactShare(high)}, of ${counted(labels, 'finding')}`,
  );
  return cutText(`${cut(cleanText(title), MAX_NAME)}. ${lines.join('; ')}.`);
}

import type { StripChartRequest } from '../../src/domain/chart-request.ts';
import { cleanText } from '../clean-text.ts';
import { describeLead, describeSpan } from './series.ts';
import { cut, cutText, MAX_NAME } from './wording.ts';

/** Of each model its state and the newest figures of its leading series. */
export function stripAltText({ rows, zone }: StripChartRequest): string {
  const lines = rows.map(
    ({ title, state, lead }) =>
      `${cut(cleanText(title), MAX_NAME)}, ${cut(cleanText(state), MAX_NAME)}. ${describeLead(lead, zone)}`,
  );
  return cutText([...lines, ...describeSpan({ panels: rows.map(({ lead }) => lead), zone })].join('\n'));
}

import type { ChartRequest } from '../../src/domain/chart-request.ts';
import { histogramAltText } from './histogram.ts';
import { reliabilityAltText } from './reliability.ts';
import { overviewAltText, seriesAltText } from './series.ts';
import { sharesAltText } from './shares.ts';
import { stripAltText } from './strip.ts';

/** What the picture says, in words and numbers, for people who do not see it: made of the same request. */
export function altText(request: ChartRequest): string {
  switch (request.kind) {
    case 'series':
      return seriesAltText(request);
    case 'histogram':
      return histogramAltText(request);
    case 'shares':
      return sharesAltText(request);
    case 'overview':
      return overviewAltText(request);
    case 'strip':
      return stripAltText(request);
    case 'reliability':
      return reliabilityAltText(request);
  }
}

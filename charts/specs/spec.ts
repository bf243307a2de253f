import type { TopLevelSpec } from 'vega-lite';
import type { ChartRequest } from '../../src/domain/chart-request.ts';
import { DriftbellError } from '../../src/domain/errors.ts';
import { histogramSpec } from './histogram.ts';
import { MAX_OVERVIEW_PANELS, overviewSpec } from './overview.ts';
import { MAX_RELIABILITY_BINS, reliabilitySpec } from './reliability.ts';
import { MAX_PANELS, seriesSpec } from './series.ts';
import { MAX_SHARE_ROWS, sharesSpec } from './shares.ts';
import { MAX_STRIP_ROWS, stripSpec } from './strip.ts';

/** The complete vega-lite specification of any chart, with its data. Throws `chart.failed` for what is no chart. */
export function chartSpec(request: ChartRequest): TopLevelSpec {
  checkRequest(request);
  switch (request.kind) {
    case 'series':
      return seriesSpec(request);
    case 'histogram':
      return histogramSpec(request);
    case 'shares':
      return sharesSpec(request);
    case 'overview':
      return overviewSpec(request);
    case 'strip':
      return stripSpec(request);
    case 'reliability':
      return reliabilitySpec(request);
  }
}

/** Throws `chart.failed` for what is no chart: an error of the caller, told before any work. */
export function checkRequest(request: ChartRequest): void {
  const { parts, most, word } = sizeOf(request);
  if (parts >= 1 && parts <= most) return;
  throw new DriftbellError('chart.failed', {
    expected: `1 to ${most} ${word}`,
    received: String(parts),
    remedy: 'draw several charts',
  });
}

/** What a picture is made of, and how many of it there may be. */
export function sizeOf(request: ChartRequest): {
  readonly parts: number;
  readonly most: number;
  readonly word: string;
} {
  switch (request.kind) {
    case 'series':
      return { parts: request.panels.length, most: MAX_PANELS, word: 'panels' };
    case 'overview':
      return { parts: request.panels.length, most: MAX_OVERVIEW_PANELS, word: 'panels' };
    case 'histogram':
      return { parts: request.bars.length + request.rest.length, most: MAX_BARS, word: 'bars' };
    case 'shares':
      return { parts: request.rows.length, most: MAX_SHARE_ROWS, word: 'rows' };
    case 'strip':
      return { parts: request.rows.length, most: MAX_STRIP_ROWS, word: 'rows' };
    case 'reliability':
      return { parts: request.bins.length, most: MAX_RELIABILITY_BINS, word: 'bins' };
  }
}

/** Narrower bars than these cannot be told apart. */
const MAX_BARS = 64;

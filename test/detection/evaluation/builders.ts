import type { RankedSeries } from '../../../src/detection/evaluation/ranked-series.ts';
import type { EvaluationSeries } from '../../../src/detection/index.ts';

/** `.` quiet, `#` labelled; one character per window. */
export function marks(text: string): Uint8Array {
  return Uint8Array.from(text, (mark) => (mark === '#' ? 1 : 0));
}

/** Digits are scores, `.` a window without a score. */
export function digits(text: string): Float64Array {
  return Float64Array.from(text, (digit) => (digit === '.' ? Number.NEGATIVE_INFINITY : Number(digit)));
}

export function ranked(labels: string, scores: string, more: Partial<RankedSeries> = {}): RankedSeries {
  return {
    labels: marks(labels),
    scores: digits(scores),
    isKnown: new Uint8Array(labels.length).fill(1),
    windowsPerDay: 1,
    clusterAt: () => 'only',
    ...more,
  };
}

export function seriesOf(values: readonly number[], more: Partial<EvaluationSeries> = {}): EvaluationSeries {
  return {
    unit: 'a',
    values: Float64Array.from(values),
    labels: new Uint8Array(values.length),
    daysOfWeek: Uint8Array.from(values, (_, day) => day % 7),
    clusterAt: () => 'a',
    ...more,
  };
}

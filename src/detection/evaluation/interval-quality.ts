import { harmonicMean, type Interval, type JudgedSeries, overlaps, ratio, runsOf } from './judged-series.ts';

/**
 * Precision and recall as the paper counts them. Each run of consecutive anomalous windows is one item; a run of more
 * than seven is cut into pieces of at most seven. An item is right when it overlaps an item of the other side.
 *
 * precision = detected items that overlap a labelled one / detected items
 * recall    = labelled items that overlap a detected one / labelled items
 *
 * Source: AlerTiger, section 5.1. Edge cases: nothing detected (labelled) gives a precision (recall) of null.
 */
export interface IntervalQuality {
  readonly detected: number;
  readonly detectedRightly: number;
  readonly labelled: number;
  readonly labelledFound: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export const LONGEST_INTERVAL = 7;

export function intervalQuality(series: readonly JudgedSeries[]): IntervalQuality {
  let detected = 0;
  let detectedRightly = 0;
  let labelled = 0;
  let labelledFound = 0;
  for (const one of series) {
    const alerts = cutRuns(runsOf(one.alerts));
    const labels = cutRuns(runsOf(one.labels));
    detected += alerts.length;
    detectedRightly += alerts.filter((alert) => labels.some((label) => overlaps(alert, label))).length;
    labelled += labels.length;
    labelledFound += labels.filter((label) => alerts.some((alert) => overlaps(alert, label))).length;
  }
  const precision = ratio(detectedRightly, detected);
  const recall = ratio(labelledFound, labelled);
  const f1 = harmonicMean(precision, recall);
  return { detected, detectedRightly, labelled, labelledFound, precision, recall, f1 };
}

export function cutRuns(runs: readonly Interval[]): Interval[] {
  return runs.flatMap(({ start, end }) =>
    Array.from({ length: Math.ceil((end - start) / LONGEST_INTERVAL) }, (_, index) => ({
      start: start + index * LONGEST_INTERVAL,
      end: Math.min(end, start + (index + 1) * LONGEST_INTERVAL),
    })),
  );
}

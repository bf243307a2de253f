import type { Detection, DetectionRule } from '../../domain/anomaly.ts';
import type { ColumnId } from '../../domain/identifiers.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { SeriesStatistic } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import { finite } from '../finite.ts';
import { forecastCells, forecastOf } from '../forecast.ts';
import { detections } from '../schema/detections.ts';

export type DetectionRow = typeof detections.$inferSelect;

export function fromDetection(columnId: ColumnId, detection: Detection, detector: string): DetectionRow {
  const { series, window, value, rows, forecast, isAnomaly, rule, note } = detection;
  const what = () => `detection of ${seriesName(series)} in ${window.key}`;
  return {
    columnId,
    windowStartMs: window.startMs,
    segment: series.segment,
    statistic: series.statistic,
    windowEndMs: window.endMs,
    windowKey: window.key,
    value: finite(value, what),
    rows,
    ...forecastCells(forecast, what),
    score: finite(detection.score ?? null, what),
    severity: finite(detection.severity ?? null, what),
    tail: finite(detection.tail ?? null, what),
    nominalTail: finite(detection.nominalTail ?? null, what),
    evidence: finite(detection.evidence ?? null, what),
    isAnomaly,
    rule: rule ?? null,
    note: note ?? null,
    detector,
  };
}

/** What is read of a row, in this order: a window of a wide model has thousands, and objects made by drizzle take long. */
export const detectionCells = {
  columnId: detections.columnId,
  segment: detections.segment,
  statistic: detections.statistic,
  windowKey: detections.windowKey,
  windowStartMs: detections.windowStartMs,
  windowEndMs: detections.windowEndMs,
  value: detections.value,
  rows: detections.rows,
  baseline: detections.baseline,
  lower: detections.lower,
  upper: detections.upper,
  score: detections.score,
  severity: detections.severity,
  tail: detections.tail,
  nominalTail: detections.nominalTail,
  isAnomaly: detections.isAnomaly,
  rule: detections.rule,
  note: detections.note,
} as const;

/** The cells as SQLite gives them: a truth is 0 or 1. */
export type DetectionCells = readonly [
  columnId: ColumnId,
  segment: string,
  statistic: SeriesStatistic,
  windowKey: string,
  windowStartMs: number,
  windowEndMs: number,
  value: number | null,
  rows: number,
  baseline: number | null,
  lower: number | null,
  upper: number | null,
  score: number | null,
  severity: number | null,
  tail: number | null,
  nominalTail: number | null,
  isAnomaly: 0 | 1,
  rule: DetectionRule | null,
  note: string | null,
];

export function toDetection(series: SeriesKey, window: Window, cells: DetectionCells): Detection {
  const [, , , , , , value, rows, baseline, lower, upper, score, severity, tail, nominalTail, flag, rule, note] = cells;
  const forecast = forecastOf({ baseline, lower, upper });
  return {
    series,
    window,
    value,
    rows,
    isAnomaly: flag === 1,
    ...(forecast === undefined ? {} : { forecast }),
    ...(score === null ? {} : { score }),
    ...(severity === null ? {} : { severity }),
    ...(tail === null ? {} : { tail }),
    ...(nominalTail === null ? {} : { nominalTail }),
    ...(rule === null ? {} : { rule }),
    ...(note === null ? {} : { note }),
  };
}

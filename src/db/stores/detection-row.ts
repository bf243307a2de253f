import type { Detection } from '../../domain/anomaly.ts';
import type { ColumnId } from '../../domain/identifiers.ts';
import { type SeriesKey, seriesName } from '../../domain/series.ts';
import type { Window } from '../../domain/window.ts';
import { finite } from '../finite.ts';
import { forecastCells, forecastOf } from '../forecast.ts';
import { present } from '../present.ts';
import type { detections } from '../schema/detections.ts';

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

export function toDetection(series: SeriesKey, window: Window, row: DetectionRow): Detection {
  const { value, rows, isAnomaly, score, severity, tail, nominalTail, evidence, rule, note } = row;
  const judged = present({ forecast: forecastOf(row), score, severity, tail, nominalTail, evidence, rule, note });
  return { series, window, value, rows, isAnomaly, ...judged };
}

import type { Anomaly } from '../domain/anomaly.ts';
import type { HistoryMarks } from '../domain/history-marks.ts';
import { type Series, type SeriesKey, type SeriesPoint, seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';

export type MarksOf = (key: SeriesKey) => HistoryMarks | undefined;

/**
 * A series as people said that it is to be read: without the windows before its new normal, and, where the detector
 * masks, without those that were expected to be odd. The judged window always stays, and a window from before the new
 * normal is judged by what was known then.
 */
export function markedSeries(
  series: Series,
  window: Window,
  { marksOf, masksExpected }: { readonly marksOf: MarksOf | undefined; readonly masksExpected: boolean },
): Series {
  const marks = marksOf?.(series.key);
  if (marks === undefined) return series;
  const { newNormal, expected } = marks;
  const isBefore = ({ window: { startMs } }: SeriesPoint): boolean =>
    newNormal !== undefined && window.startMs >= newNormal.fromMs && startMs < newNormal.fromMs;
  const isExpected = ({ window: { startMs } }: SeriesPoint): boolean =>
    masksExpected && expected.some(({ fromMs, toMs }) => startMs >= fromMs && startMs < toMs);
  const isLeft = (point: SeriesPoint): boolean =>
    point.window.startMs === window.startMs || !(isBefore(point) || isExpected(point));
  return { ...series, points: series.points.filter(isLeft) };
}

/** Without those that became the new normal: their windows are what the series is, so nothing masks them. */
export function withoutAccepted(anomalies: readonly Anomaly[], marksOf: MarksOf | undefined): readonly Anomaly[] {
  if (marksOf === undefined) return anomalies;
  const accepted = new Map<string, HistoryMarks['newNormal']>();
  return anomalies.filter(({ series, window: { startMs } }) => {
    const name = seriesName(series);
    if (!accepted.has(name)) accepted.set(name, marksOf(series)?.newNormal);
    const normal = accepted.get(name);
    return normal === undefined || startMs < normal.fromMs || startMs >= normal.saidMs;
  });
}

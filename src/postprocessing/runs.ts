import type { Anomaly, Detection } from '../domain/anomaly.ts';
import { seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';

/**
 * Series with an anomaly, as rows without gaps: a window that has no detection counts as not anomalous. Of most models
 * nearly all series are quiet, and filters have nothing to ask of those.
 */
export function alignAnomalous(detections: readonly Detection[], windows: readonly Window[]): Detection[][] {
  const places = placesOf(windows);
  const rows = new Map<string, Detection[]>();
  for (const { isAnomaly, series, window } of detections) {
    if (!isAnomaly || !places.has(window.startMs) || rows.has(seriesName(series))) continue;
    rows.set(
      seriesName(series),
      windows.map((empty) => ({ series, window: empty, value: null, rows: 0, isAnomaly: false })),
    );
  }
  if (rows.size === 0) return [];
  for (const detection of detections) {
    const place = places.get(detection.window.startMs);
    const row = rows.get(seriesName(detection.series));
    if (place !== undefined && row !== undefined) row[place] = detection;
  }
  return [...rows.values()];
}

/**
 * Anomalies at most `reach` - 1 windows apart are one run. A run with one survivor is told whole, with the windows that
 * a filter dropped: people ask since when it is bad, not since when it is bad enough.
 */
export function joinRuns(anomalies: readonly Anomaly[], windows: readonly Window[], reach: number): Anomaly[][] {
  const places = placesOf(windows);
  const runs: Anomaly[][] = [];
  let lastPlace = Number.NEGATIVE_INFINITY;
  for (const anomaly of anomalies) {
    const place = places.get(anomaly.window.startMs) ?? 0;
    if (place - lastPlace < reach) runs.at(-1)?.push(anomaly);
    else runs.push([anomaly]);
    lastPlace = place;
  }
  return runs;
}

function placesOf(windows: readonly Window[]): ReadonlyMap<number, number> {
  return new Map(windows.map((window, place) => [window.startMs, place]));
}

import type { Detection } from '../domain/anomaly.ts';
import { seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';

/**
 * How far series were from their baselines in windows of the past, by series name: (value - baseline) / (upper - lower),
 * NaN where a window was not judged or its band was empty. All on the same windows.
 */
export function deviationsOf(
  detections: readonly Detection[],
  windows: readonly Window[],
): ReadonlyMap<string, Float64Array> {
  const places = new Map(windows.map(({ startMs }, place) => [startMs, place]));
  const rows = new Map<string, Float64Array>();
  for (const { series, window, value, forecast } of detections) {
    const place = places.get(window.startMs);
    if (place === undefined || value === null || forecast === undefined) continue;
    const name = seriesName(series);
    const row = rows.get(name) ?? new Float64Array(windows.length).fill(Number.NaN);
    rows.set(name, row);
    const width = forecast.upper - forecast.lower;
    row[place] = width > 0 ? (value - forecast.baseline) / width : Number.NaN;
  }
  return rows;
}

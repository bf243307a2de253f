import type { Detection } from '../domain/anomaly.ts';
import type { JudgingRules } from '../domain/detector.ts';
import { seriesName } from '../domain/series.ts';
import type { Window } from '../domain/window.ts';
import { SUNDAY } from './driftbell/holiday-reading.ts';
import { DRIFT_WINDOWS, findSlowDrift, signedZ } from './driftbell/slow-drift.ts';
import type { SeriesGrid } from './features/history-rows.ts';
import type { JudgedGrid } from './judged-grid.ts';

/** True on windows of a day that end a week: only then slow drifts are looked for. */
export function endsWeek(
  dayOfWeek: number,
  stride: number,
  { findsSlowDrift = false }: Pick<JudgingRules, 'findsSlowDrift'>,
): boolean {
  return findsSlowDrift && stride === 1 && dayOfWeek === SUNDAY;
}

/** For each window of a judged grid, the window that a slow drift began with which is told there; -1: none. */
export function driftsOfGrid(
  grid: SeriesGrid,
  judged: JudgedGrid,
  { stride, judging }: { readonly stride: number; readonly judging: JudgingRules },
): Int32Array {
  const drifts = new Int32Array(grid.values.length).fill(-1);
  const z = grid.values.map((value, at) => {
    return judged.anomalies[at] === 1 ? NaN : signedZ(value, judged.baseline[at] ?? NaN, judged.tail[at] ?? NaN);
  });
  for (let at = 0; at < drifts.length; at += 1) {
    if (!endsWeek(grid.daysOfWeek[at] ?? 0, stride, judging) || judged.anomalies[at] === 1) continue;
    const from = Math.max(0, at + 1 - DRIFT_WINDOWS);
    const drift = Number.isNaN(z[at]) ? undefined : findSlowDrift(z.subarray(from, at + 1));
    if (drift !== undefined) drifts[at] = from + drift.since;
  }
  return drifts;
}

/**
 * The detections of a window with the slow drifts that are told in it. `past`: what was said of the windows before it,
 * `windows`: all of them in time order, the judged one last.
 */
export function withSlowDrifts(
  detections: readonly Detection[],
  past: readonly Detection[],
  windows: readonly Pick<Window, 'startMs'>[],
  wordsFor: (since: number) => string,
): readonly Detection[] {
  const places = new Map(windows.map(({ startMs }, place) => [startMs, place]));
  const rows = new Map<string, Float64Array>();
  for (const detection of [...past, ...detections]) {
    const place = places.get(detection.window.startMs);
    if (place === undefined) continue;
    if (detection.isAnomaly && detection.rule !== 'slow_drift') continue;
    const name = seriesName(detection.series);
    const row = rows.get(name) ?? new Float64Array(windows.length).fill(Number.NaN);
    row[place] = signedZ(detection.value ?? NaN, detection.forecast?.baseline ?? NaN, detection.tail ?? NaN);
    rows.set(name, row);
  }
  return detections.map((detection) => {
    const row = rows.get(seriesName(detection.series));
    if (detection.isAnomaly || row === undefined || Number.isNaN(row.at(-1))) return detection;
    const drift = findSlowDrift(row);
    if (drift === undefined) return detection;
    const note = `${drift.side > 0 ? 'upwards' : 'downwards'} since ${wordsFor(drift.since)}`;
    return { ...detection, isAnomaly: true, rule: 'slow_drift', note };
  });
}

import { type JudgedGrid, peersOf, thresholdOf, windowEvidence } from '../../../src/detection/index.ts';
import type { Detection } from '../../../src/domain/anomaly.ts';
import type { WindowEvidence } from '../../../src/domain/correction.ts';
import type { Granularity } from '../../../src/domain/model.ts';
import { type SeriesKey, seriesName } from '../../../src/domain/series.ts';
import type { Window } from '../../../src/domain/window.ts';
import type { Detector } from '../../../src/ports/detector.ts';

/** Whatever is judged window by window: models, what the detector says of them, and the truth. */
export interface World {
  readonly name: string;
  readonly granularity: Granularity;
  readonly windows: readonly Window[];
  /** Windows that only make the history of others. */
  readonly lead: number;
  readonly models: readonly SimulatedModel[];
}

export const WINDOWS_PER_DAY: Readonly<Record<Granularity, number>> = { day: 1, hour: 24 };

export function windowsPerWeek({ granularity }: Pick<World, 'granularity'>): number {
  return 7 * WINDOWS_PER_DAY[granularity];
}

/** Whole or begun weeks after the lead. */
export function weeksOf(world: Pick<World, 'granularity' | 'windows' | 'lead'>): number {
  return Math.ceil((world.windows.length - world.lead) / windowsPerWeek(world));
}

export interface SimulatedIncident {
  readonly from: number;
  /** Half open. */
  readonly to: number;
}

export interface SimulatedSeries {
  readonly key: SeriesKey;
  readonly isImportant: boolean;
  /** Of its column, in windows of the world. */
  readonly incidents: readonly SimulatedIncident[];
  readonly values: Float64Array;
}

export interface SimulatedModel {
  readonly slug: string;
  readonly series: readonly SimulatedSeries[];
  /** By window, as the detector says them before anything is learned. */
  readonly detections: readonly (readonly Detection[])[];
  /** What stage 2 sees, by `windowName`. */
  readonly seen: ReadonlyMap<string, WindowEvidence>;
  readonly historyOf: (key: SeriesKey, place: number) => readonly (number | null)[];
}

export function windowName(key: SeriesKey, { startMs }: Window): string {
  return `${seriesName(key)} ${startMs}`;
}

/** Rows of a window where nobody counted them. */
const ROWS = 10_000;

/** One model of judged series; `grids[index]` is of `series[index]`, window by window those of the world. */
export function simulatedModel(
  slug: string,
  series: readonly SimulatedSeries[],
  grids: readonly JudgedGrid[],
  { detector, windows, granularity }: Pick<World, 'windows' | 'granularity'> & { readonly detector: Detector },
): SimulatedModel {
  const threshold = thresholdOf(detector.manifest);
  const { historyWindows } = detector.manifest;
  const stride = WINDOWS_PER_DAY[granularity];
  const detections = windows.map((window, at) =>
    series.flatMap((one, index) => detectionAt(one, grids[index], window, at) ?? []),
  );
  const byName = new Map(series.map(({ key, values }) => [seriesName(key), values]));
  const historyOf = (key: SeriesKey, at: number): readonly number[] => {
    const values = byName.get(seriesName(key));
    return Array.from(
      { length: historyWindows },
      (_, index) => values?.[at - (historyWindows - index) * stride] ?? Number.NaN,
    );
  };
  const seen = new Map<string, WindowEvidence>();
  detections.forEach((ofWindow, at) => {
    const peers = peersOf(ofWindow);
    for (const detection of ofWindow) {
      const evidence = windowEvidence(detection, { history: historyOf(detection.series, at), peers }, threshold);
      if (evidence !== undefined) seen.set(windowName(detection.series, detection.window), evidence);
    }
  });
  return { slug, series, detections, seen, historyOf };
}

function detectionAt(
  { key, values }: SimulatedSeries,
  grid: JudgedGrid | undefined,
  window: Window,
  at: number,
): Detection | undefined {
  const value = values[at] ?? Number.NaN;
  if (grid === undefined || !Number.isFinite(value)) return undefined;
  const plain = { series: key, window, value, rows: ROWS };
  const baseline = grid.baseline[at] ?? Number.NaN;
  if (!Number.isFinite(baseline)) return { ...plain, isAnomaly: false };
  const [tail, severity] = [grid.tail[at] ?? Number.NaN, grid.severity[at] ?? Number.NaN];
  const isAnomaly = grid.anomalies[at] === 1;
  return {
    ...plain,
    forecast: { baseline, lower: grid.lower[at] ?? 0, upper: grid.upper[at] ?? 0 },
    score: grid.score[at] ?? 0,
    ...(Number.isFinite(tail) && { tail }),
    ...(Number.isFinite(severity) && { severity }),
    isAnomaly,
    ...(isAnomaly && { rule: 'band' as const }),
  };
}

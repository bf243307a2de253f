import {
  calibrationCorpus,
  drawCorpus,
  driftbellCorpus,
  judgeSeries,
  peersOf,
  thresholdOf,
  windowEvidence,
} from '../../../src/detection/index.ts';
import type { Detection } from '../../../src/domain/anomaly.ts';
import type { WindowEvidence } from '../../../src/domain/correction.ts';
import { type SeriesKey, seriesName } from '../../../src/domain/series.ts';
import type { SeriesStatistic } from '../../../src/domain/statistic.ts';
import type { StatisticKind } from '../../../src/domain/statistic-kind.ts';
import { shiftWindow, type Window, windowAt } from '../../../src/domain/window.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import type { Random } from '../../../src/ports/random.ts';

/** Windows that only make the history of others. */
export const LEAD = 56;
export const WEEKS = 12;
const WINDOWS = LEAD + 7 * WEEKS;
/**
 * Share of the series with a habit that no fault is behind, such as a batch at the end of the month: two windows, always to
 * one side and about as far, every 28 to 31 days. What comes so seldom a detector that looks back four weeks cannot know.
 */
const HABITS = 0.2;
const HABIT_GAP = { from: 28, to: 31 } as const;
const HABIT_WINDOWS = 2;
/** In standard deviations of the series; each time the series' own size by as much more or less. */
const HABIT_SIZE = { from: 8, to: 14 } as const;
const HABIT_JITTER = 0.15;
/** Share of the series of which owners do not care, whatever happens to them. */
const UNIMPORTANT = 0.1;
const HISTORY = 28;

export interface WorldOptions {
  readonly models: number;
  readonly series: number;
  readonly seed: number;
}

export interface SimulatedIncident {
  readonly from: number;
  /** Half open. */
  readonly to: number;
}

export interface SimulatedSeries {
  readonly key: SeriesKey;
  readonly isImportant: boolean;
  readonly incidents: readonly SimulatedIncident[];
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

export interface World {
  readonly windows: readonly Window[];
  readonly models: readonly SimulatedModel[];
}

export function windowName(key: SeriesKey, { startMs }: Window): string {
  return `${seriesName(key)} ${startMs}`;
}

const statisticOf: Readonly<Record<StatisticKind, SeriesStatistic>> = {
  level: 'mean',
  scale: 'standard_deviation',
  rate: 'coverage',
  count: 'distinct_count',
  distance: 'psi',
  performance: 'auc',
};

/** Models with generated series of many shapes, faults at known times, and the verdicts of a detector on all of it. */
export async function drawWorld(detector: Detector, { models, series, seed }: WorldOptions): Promise<World> {
  const random = createSeededRandom(seed);
  const options = { ...calibrationCorpus(driftbellCorpus), series: models * series, windows: WINDOWS, gapShare: 0 };
  const corpus = drawCorpus(options, random);
  for (const { values, labels } of corpus) if (random.uniform() < HABITS) addHabit(values, labels, random);
  const judged = await judgeSeries(detector, corpus, { stride: 1 });
  const first = windowAt(Date.UTC(2025, 0, 6), 'UTC', 'day');
  const windows = Array.from({ length: WINDOWS }, (_, place) => shiftWindow(first, place, 'UTC', 'day'));
  const threshold = thresholdOf(detector.manifest);

  function model(place: number): SimulatedModel {
    const own = corpus.slice(place * series, (place + 1) * series);
    const grids = judged.slice(place * series, (place + 1) * series);
    const keys = own.map(({ statisticKind = 'level' }, index): SeriesKey => {
      return { segment: '', column: `c${index}`, role: 'feature', statistic: statisticOf[statisticKind] };
    });
    const simulated = own.map(
      (one, index): SimulatedSeries => ({
        key: keys[index] as SeriesKey,
        isImportant: random.uniform() >= UNIMPORTANT,
        incidents: one.faults.map(({ start, end }) => ({ from: start, to: end })),
      }),
    );
    const detections = windows.map((window, at) =>
      keys.flatMap((key, index): Detection[] => {
        const grid = grids[index];
        const value = own[index]?.values[at] ?? Number.NaN;
        if (grid === undefined || !Number.isFinite(value)) return [];
        const plain = { series: key, window, value, rows: 10_000 };
        const baseline = grid.baseline[at] ?? Number.NaN;
        if (!Number.isFinite(baseline)) return [{ ...plain, isAnomaly: false }];
        const [tail, severity] = [grid.tail[at] ?? Number.NaN, grid.severity[at] ?? Number.NaN];
        const isAnomaly = grid.anomalies[at] === 1;
        return [
          {
            ...plain,
            forecast: { baseline, lower: grid.lower[at] ?? 0, upper: grid.upper[at] ?? 0 },
            score: grid.score[at] ?? 0,
            ...(Number.isFinite(tail) && { tail }),
            ...(Number.isFinite(severity) && { severity }),
            isAnomaly,
            ...(isAnomaly && { rule: 'band' as const }),
          },
        ];
      }),
    );
    const rows = new Map(keys.map((key, index) => [seriesName(key), own[index]?.values ?? new Float64Array()]));
    const historyOf = (key: SeriesKey, at: number) =>
      Array.from(rows.get(seriesName(key))?.subarray(Math.max(0, at - HISTORY), at) ?? []);
    const seen = new Map<string, WindowEvidence>();
    detections.forEach((ofWindow, at) => {
      const peers = peersOf(ofWindow);
      for (const detection of ofWindow) {
        const evidence = windowEvidence(detection, { history: historyOf(detection.series, at), peers }, threshold);
        if (evidence !== undefined) seen.set(windowName(detection.series, detection.window), evidence);
      }
    });
    return { slug: `model-${place + 1}`, series: simulated, detections, seen, historyOf };
  }

  return { windows, models: Array.from({ length: models }, (_, place) => model(place)) };
}

/** Bursts away from the level; where there is a fault the series is left alone. */
function addHabit(values: Float64Array, labels: Uint8Array, random: Random): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const scatter = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const side = random.uniform() < 0.5 ? -1 : 1;
  const usual = HABIT_SIZE.from + (HABIT_SIZE.to - HABIT_SIZE.from) * random.uniform();
  for (
    let at = random.integer(0, HABIT_GAP.to);
    at < values.length;
    at += random.integer(HABIT_GAP.from, HABIT_GAP.to)
  ) {
    const size = usual * (1 + HABIT_JITTER * (2 * random.uniform() - 1));
    for (let window = at; window < Math.min(values.length, at + HABIT_WINDOWS); window += 1) {
      if (labels[window] === 0) values[window] = (values[window] ?? 0) + side * size * scatter;
    }
  }
}

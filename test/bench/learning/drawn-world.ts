import { calibrationCorpus, drawCorpus, driftbellCorpus, judgeSeries } from '../../../src/detection/index.ts';
import type { SeriesKey } from '../../../src/domain/series.ts';
import type { SeriesStatistic } from '../../../src/domain/statistic.ts';
import type { StatisticKind } from '../../../src/domain/statistic-kind.ts';
import { shiftWindow, windowAt } from '../../../src/domain/window.ts';
import { createSeededRandom } from '../../../src/platform/random.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import type { Random } from '../../../src/ports/random.ts';
import { type SimulatedSeries, simulatedModel, type World } from './world.ts';

/** Windows that only make the history of others. */
const LEAD = 56;
const WEEKS = 12;
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

export interface DrawnWorldOptions {
  readonly models: number;
  readonly series: number;
  readonly seed: number;
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
export async function drawWorld(detector: Detector, { models, series, seed }: DrawnWorldOptions): Promise<World> {
  const random = createSeededRandom(seed);
  const options = { ...calibrationCorpus(driftbellCorpus), series: models * series, windows: WINDOWS, gapShare: 0 };
  const corpus = drawCorpus(options, random);
  for (const { values, labels } of corpus) if (random.uniform() < HABITS) addHabit(values, labels, random);
  const judged = await judgeSeries(detector, corpus, { stride: 1 });
  const first = windowAt(Date.UTC(2025, 0, 6), 'UTC', 'day');
  const windows = Array.from({ length: WINDOWS }, (_, place) => shiftWindow(first, place, 'UTC', 'day'));
  const common = { windows, granularity: 'day' } as const;

  function model(place: number) {
    const own = corpus.slice(place * series, (place + 1) * series);
    const grids = judged.slice(place * series, (place + 1) * series);
    const simulated = own.map(({ statisticKind = 'level', faults, values }, index): SimulatedSeries => {
      const statistic = statisticOf[statisticKind];
      const key: SeriesKey = { segment: '', column: `c${index}`, role: 'feature', statistic };
      return {
        ...{ key, values },
        isImportant: random.uniform() >= UNIMPORTANT,
        incidents: faults.map(({ start, end }) => ({ from: start, to: end })),
      };
    });
    return simulatedModel(`model-${place + 1}`, simulated, grids, { ...common, detector });
  }

  return {
    ...common,
    name: `${models} models of ${series} series, ${WEEKS} weeks`,
    lead: LEAD,
    models: Array.from({ length: models }, (_, place) => model(place)),
  };
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

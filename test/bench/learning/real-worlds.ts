import { type EvaluationSeries, type EvaluationSet, judgeSeries } from '../../../src/detection/index.ts';
import type { Granularity } from '../../../src/domain/model.ts';
import type { SeriesKey } from '../../../src/domain/series.ts';
import type { SeriesStatistic } from '../../../src/domain/statistic.ts';
import type { StatisticKind } from '../../../src/domain/statistic-kind.ts';
import { shiftWindow, windowAt } from '../../../src/domain/window.ts';
import type { Detector } from '../../../src/ports/detector.ts';
import { loadSets } from '../evidence/sets/load-sets.ts';
import { type SimulatedIncident, type SimulatedSeries, simulatedModel, type World } from './world.ts';

/** Four weeks of days, one of hours: before that there is no band to speak of. */
const LEAD: Readonly<Record<Granularity, number>> = { day: 28, hour: 168 };
const WINDOW_MS: Readonly<Record<Granularity, number>> = { day: 86_400_000, hour: 3_600_000 };
/** Series of one model where they come from many places and do not run side by side. */
const SERIES_OF_MODEL = 30;
/** Where a set does not say when it was. */
const SOME_MONDAY_MS = Date.UTC(2025, 0, 6);

/** The sets with labels that people gave, and real values with injected faults; each is a world of its own. */
export async function realWorlds(detector: Detector, data: string): Promise<readonly World[]> {
  const { sets } = await loadSets(data);
  const worlds: World[] = [];
  for (const set of sets) {
    if (set.role === 'real' || set.role === 'injected') worlds.push(await worldOf(detector, set));
  }
  return worlds;
}

async function worldOf(detector: Detector, { name, granularity, series }: EvaluationSet): Promise<World> {
  const isTogether = runTogether(series, WINDOW_MS[granularity]);
  const firstMs = isTogether ? Math.min(...series.map((one) => one.firstMs ?? 0)) : SOME_MONDAY_MS;
  const placed = series.map((one) => {
    return { one, offset: isTogether ? ((one.firstMs ?? firstMs) - firstMs) / WINDOW_MS[granularity] : 0 };
  });
  const length = Math.max(...placed.map(({ one, offset }) => offset + one.values.length));
  const first = windowAt(firstMs, 'UTC', granularity);
  const windows = Array.from({ length }, (_, place) => shiftWindow(first, place, 'UTC', granularity));
  const grids = placed.map(({ one, offset }) => ({
    ...one,
    values: shifted(one.values, { offset, length }),
    labels: one.labels,
    daysOfWeek: Uint8Array.from(windows, ({ startMs }) => (Math.floor(startMs / WINDOW_MS.day) + 3) % 7),
    ...(isTogether ? {} : { daysOfWeek: padded(one.daysOfWeek, length) }),
    ...(one.rows && { rows: shifted(one.rows, { offset, length }) }),
    ...(one.marks && { marks: padded(one.marks, length) }),
    firstWindow: Math.floor(firstMs / WINDOW_MS[granularity]),
  }));
  const judged = await judgeSeries(detector, grids, { stride: granularity === 'day' ? 1 : 24, granularity });
  const simulated = placed.map(
    ({ one, offset }, index): SimulatedSeries => ({
      key: one.key ?? keyOf(one),
      isImportant: true,
      incidents: runsOf(one.labels, offset),
      values: grids[index]?.values ?? new Float64Array(),
    }),
  );
  const size = isTogether ? simulated.length : SERIES_OF_MODEL;
  const models = Array.from({ length: Math.ceil(simulated.length / size) }, (_, place) => {
    const [from, to] = [place * size, (place + 1) * size];
    const slug = `${name.replaceAll(/[^a-z0-9]+/g, '-')}-${place + 1}`;
    const common = { detector, windows, granularity };
    return simulatedModel(slug, simulated.slice(from, to), judged.slice(from, to), common);
  });
  return { name, granularity, windows, lead: LEAD[granularity], models };
}

/** True where there is a window that all series have. */
function runTogether(series: readonly EvaluationSeries[], windowMs: number): boolean {
  const starts = series.map(({ firstMs }) => firstMs ?? Number.NaN);
  const ends = series.map(({ firstMs, values }) => (firstMs ?? Number.NaN) + values.length * windowMs);
  return Math.max(...starts) < Math.min(...ends);
}

const statisticOf: Readonly<Record<StatisticKind, SeriesStatistic>> = {
  level: 'mean',
  scale: 'standard_deviation',
  rate: 'unseen_share',
  count: 'distinct_count',
  distance: 'psi',
  performance: 'auc',
};

function keyOf({ unit, statisticKind = 'level' }: EvaluationSeries): SeriesKey {
  return { segment: '', column: unit, role: 'feature', statistic: statisticOf[statisticKind] };
}

function shifted(values: Float64Array, { offset, length }: { readonly offset: number; readonly length: number }) {
  const placed = new Float64Array(length).fill(Number.NaN);
  placed.set(values, offset);
  return placed;
}

function padded(values: Uint8Array, length: number): Uint8Array {
  const placed = new Uint8Array(length);
  placed.set(values.subarray(0, length));
  return placed;
}

function runsOf(labels: Uint8Array, offset: number): readonly SimulatedIncident[] {
  const runs: { from: number; to: number }[] = [];
  labels.forEach((label, place) => {
    if (label !== 1) return;
    if (place > 0 && labels[place - 1] === 1) (runs.at(-1) as { to: number }).to = offset + place + 1;
    else runs.push({ from: offset + place, to: offset + place + 1 });
  });
  return runs;
}

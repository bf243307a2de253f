import type { StatisticKind } from '../../../domain/statistic-kind.ts';
import { DAYS_PER_WEEK } from '../../features/day-of-week.ts';
import type { SeriesGrid } from '../../features/history-rows.ts';
import { type Draws, drawBetween, drawLogBetween } from '../../synthetic/draws.ts';
import { type FamilyMix, families, type HealthySeries } from './families.ts';
import { applyFault, faultNames, scatterOf } from './faults.ts';
import { transformSeries } from './transforms.ts';

/** Every parameter of a corpus besides its seed; written into the manifest of what was trained on it. */
export interface CorpusOptions {
  readonly series: number;
  /** Length of a series. */
  readonly windows: number;
  readonly mix: FamilyMix;
  /** Share of the series that go through random transforms. */
  readonly transformShare: number;
  /** Share of the series with faults, one or two of them. */
  readonly faultShare: number;
  /** Share of the series with missing windows. */
  readonly gapShare: number;
  /** Families left out, to measure what a detector does with shapes that it has never seen. */
  readonly without: readonly string[];
}

/** To learn from. */
export const driftbellCorpus: CorpusOptions = {
  series: 4_000,
  windows: 96,
  mix: 'broad',
  transformShare: 0.5,
  faultShare: 0.6,
  gapShare: 0.3,
  without: [],
};

/** To calibrate on: healthy series as they usually are. */
export function calibrationCorpus(corpus: CorpusOptions): CorpusOptions {
  return { ...corpus, mix: 'usual', transformShare: 0 };
}

/** A series of the corpus: a labelled grid that knows its family. Labels are 1 on faulty windows. */
export interface CorpusSeries extends SeriesGrid {
  readonly family: string;
  readonly labels: Uint8Array;
  /** 1 where nothing is to be learned although nothing is wrong. */
  readonly isUnsettled: Uint8Array;
  /** Name of each fault and its windows, half open. */
  readonly faults: readonly { readonly name: string; readonly start: number; readonly end: number }[];
}

/** Faults begin once there is a history to tell them from. */
const EARLIEST_FAULT = 28;
const LONGEST_FAULT = 14;
const MOST_FAULTS = 2;
const MOST_MISSING = 0.2;

/** `canvases`: real values, NaN where missing; half of the series are then cut from them. */
export function drawCorpus(
  options: CorpusOptions,
  draws: Draws,
  canvases: readonly Float64Array[] = [],
): readonly CorpusSeries[] {
  const open = families.filter(({ name }) => !options.without.includes(name));
  const total = open.reduce((sum, family) => sum + family[options.mix], 0);
  const long = canvases.filter((canvas) => canvas.length >= options.windows);
  return Array.from({ length: options.series }, () => {
    if (long.length > 0 && draws.uniform() < 0.5) {
      return finishSeries('canvas', cutCanvas(long, options.windows, draws), options, draws);
    }
    let lot = draws.uniform() * total;
    const family =
      open.find((one) => {
        lot -= one[options.mix];
        return lot < 0;
      }) ?? open[0];
    if (family === undefined) throw new RangeError('a corpus needs at least one family');
    const healthy = family.draw(draws, options.windows);
    const isTransformed = draws.uniform() < options.transformShare;
    return finishSeries(family.name, isTransformed ? transformSeries(healthy, draws) : healthy, options, draws);
  });
}

function cutCanvas(canvases: readonly Float64Array[], windows: number, draws: Draws): HealthySeries {
  const canvas = canvases[draws.integer(0, canvases.length - 1)] ?? new Float64Array(windows);
  const start = draws.integer(0, canvas.length - windows);
  return { kind: 'level', values: canvas.slice(start, start + windows) };
}

function finishSeries(family: string, healthy: HealthySeries, options: CorpusOptions, draws: Draws): CorpusSeries {
  const values = healthy.values.slice();
  const labels = new Uint8Array(options.windows);
  const faults = draws.uniform() < options.faultShare ? drawFaults(values, labels, healthy.kind, draws) : [];
  if (draws.uniform() < options.gapShare) drawGaps(values, draws);
  const firstDay = draws.integer(0, DAYS_PER_WEEK - 1);
  return {
    family,
    values,
    labels,
    faults,
    daysOfWeek: Uint8Array.from(values, (_, t) => (firstDay + t) % DAYS_PER_WEEK),
    isUnsettled: healthy.isUnsettled ?? new Uint8Array(options.windows),
    statisticKind: healthy.kind,
    ...(healthy.rows && { rows: healthy.rows }),
  };
}

function drawFaults(
  values: Float64Array,
  labels: Uint8Array,
  kind: StatisticKind,
  draws: Draws,
): CorpusSeries['faults'] {
  const scatter = scatterOf(values);
  const found: { name: string; start: number; end: number }[] = [];
  const count = draws.integer(1, MOST_FAULTS);
  for (let index = 0; index < count; index += 1) {
    const name = faultNames[draws.integer(0, faultNames.length - 1)] ?? 'spike';
    const length = Math.round(drawLogBetween(draws, { from: 1, to: LONGEST_FAULT }));
    const start = draws.integer(EARLIEST_FAULT, values.length - length);
    const end = start + length;
    if (labels.subarray(start, end).includes(1)) continue;
    const before = values.slice();
    const windows = { values, start, end, scatter, isShare: kind === 'rate' };
    if (applyFault(name, windows, kind, draws)) {
      labels.fill(1, start, end);
      found.push({ name, start, end });
    } else values.set(before);
  }
  return found;
}

function drawGaps(values: Float64Array, draws: Draws): void {
  const share = drawBetween(draws, { from: 0.01, to: MOST_MISSING });
  for (let t = 0; t < values.length; t += 1) if (draws.uniform() < share) values[t] = Number.NaN;
}

import { DAYS_PER_WEEK } from '../features/day-of-week.ts';
import type { DriftbellSettings } from './settings.ts';

/**
 * Centre, spread and shape of one history with gaps, robust against the anomalies in it.
 *
 * unit   = largest |x|; all below is of y = x / unit, so that 1e-9 and 1e12 behave alike and nothing overflows
 * centre = median of the known y
 * spread = standard deviation of y after clipping to its 2nd and (n - 1)th order statistics, but at least
 *          floors.deviation * 1.4826 * median |y - centre|, floors.level * |centre|, the sampling error of a rate
 *          sqrt(p (1 - p) / rows) with p = (rows * centre + 1/2) / (rows + 1), and the grain of a count-like history
 * grain  = step / 2, step the smallest one between values; for tallies of up to LOW_COUNT steps Poisson's
 *          sqrt(mean * step), the mean of a rate counted from its nearer end
 *
 * x: history without its newest K windows, NaN where missing or masked. Count-like: zeros on more than 8 % of the known
 * windows, or fewer than 13 distinct values in 25 (in proportion for fewer). Edge cases: fewer than 3 known windows give
 * no clipping; a spread of 0 (nearly all values equal, the odd one out clipped) gives way to the unclipped one.
 */
export interface HistoryMeasures {
  known: number;
  distinct: number;
  /** Share of the known windows that hold the commonest value. */
  usualShare: number;
  unit: number;
  centre: number;
  spread: number;
  lowest: number;
  highest: number;
  /** In units of `unit`; 0 without a rate or without rows. */
  rowFloor: number;
  zeroShare: number;
  isCountLike: boolean;
}

export interface HistoryFacts {
  readonly isRate: boolean;
  readonly isCount: boolean;
  /** Rows behind the judged value; NaN where unknown. */
  readonly rows: number;
}

export interface HistoryReader {
  readonly measures: HistoryMeasures;
  /** Values divided by the unit in their order, NaN where unknown. */
  readonly scaled: Float64Array;
  /** Known values divided by the unit, ascending; `measures.known` of them count. */
  readonly sorted: Float64Array;
  /** Measures `used` values of `histories` from `start` on; false where fewer than the least are known. */
  read(histories: Float64Array, start: number, facts: HistoryFacts): boolean;
  /** Clipped deviation of y[i + 7] - y[i] over known pairs of the history read last, as the spread of independent values; NaN for few pairs. */
  weekOverWeekSpread(): number;
}

/** Median absolute deviation to standard deviation of normal values. */
export const MAD_TO_DEVIATION = 1.4826;
const COUNT_LIKE_ZERO_SHARE = 0.08;
/** Of 25 values: a continuous statistic repeats none, one with half as many distinct values is quantised. */
const COUNT_LIKE_DISTINCT_SHARE = 13 / 25;
const CONSTANT_DISTINCT = 2;
/** Of the largest value: what is finer cannot be told from rounding. */
const ROUNDING = 1e-12;
/** Of fewer weeks nobody can say whether they repeat. */
const LEAST_PAIRS = 4;
/** Above it the scatter that is seen tells more than the one that is assumed. */
const LOW_COUNT = 30;

/** Scratch arrays live as long as the reader: a million histories are measured without an allocation. */
export function createHistoryReader(
  settings: Pick<
    DriftbellSettings,
    'historyWindows' | 'omittedWindows' | 'leastKnownWindows' | 'floors' | 'hasCountPath'
  >,
): HistoryReader {
  const used = settings.historyWindows - settings.omittedWindows;
  const { floors } = settings;
  const scaled = new Float64Array(used);
  const sorted = new Float64Array(used);
  const scratch = new Float64Array(used);
  const measures: HistoryMeasures = {
    known: 0,
    distinct: 0,
    usualShare: 0,
    unit: 1,
    centre: 0,
    spread: 0,
    lowest: 0,
    highest: 0,
    rowFloor: 0,
    zeroShare: 0,
    isCountLike: false,
  };

  function read(histories: Float64Array, start: number, facts: HistoryFacts): boolean {
    const known = collect(histories, start);
    measures.known = known;
    if (known < settings.leastKnownWindows) return false;
    const smallestStep = countDistinct(known);
    const centre = medianOfSorted(sorted, known);
    measures.centre = centre;
    measures.lowest = sorted[0] ?? 0;
    measures.highest = sorted[known - 1] ?? 0;
    measures.isCountLike =
      measures.zeroShare > COUNT_LIKE_ZERO_SHARE || measures.distinct < COUNT_LIKE_DISTINCT_SHARE * known;
    measures.rowFloor =
      floors.usesRows && facts.isRate ? rateError(centre * measures.unit, facts.rows) / measures.unit : 0;
    let spread = clippedDeviation(sorted, known);
    spread = Math.max(spread, floors.deviation * MAD_TO_DEVIATION * absoluteDeviation(known, centre));
    spread = Math.max(spread, floors.level * Math.abs(centre), measures.rowFloor);
    if (settings.hasCountPath && measures.isCountLike && measures.distinct > CONSTANT_DISTINCT) {
      spread = Math.max(spread, grainOf(smallestStep, known, facts));
    }
    if (spread === 0) spread = deviationBetween(sorted, known, measures.lowest, measures.highest);
    measures.spread = spread === 0 ? 0 : Math.max(spread, ROUNDING);
    return true;
  }

  /** Known values, scaled and sorted; gives their number. */
  function collect(histories: Float64Array, start: number): number {
    let unit = 0;
    for (let index = 0; index < used; index += 1) {
      const size = Math.abs(histories[start + index] ?? Number.NaN);
      if (size > unit && size < Number.POSITIVE_INFINITY) unit = size;
    }
    const divisor = unit > 0 ? unit : 1;
    measures.unit = divisor;
    let known = 0;
    let zeros = 0;
    for (let index = 0; index < used; index += 1) {
      const value = histories[start + index] ?? Number.NaN;
      const isKnown = Number.isFinite(value);
      const y = isKnown ? value / divisor : Number.NaN;
      scaled[index] = y;
      if (!isKnown) continue;
      if (value === 0) zeros += 1;
      known = insert(sorted, known, y);
    }
    measures.zeroShare = known === 0 ? 0 : zeros / known;
    return known;
  }

  function countDistinct(known: number): number {
    let distinct = known > 0 ? 1 : 0;
    let smallest = Number.POSITIVE_INFINITY;
    let equal = known > 0 ? 1 : 0;
    let most = equal;
    for (let index = 1; index < known; index += 1) {
      const step = (sorted[index] ?? 0) - (sorted[index - 1] ?? 0);
      equal = step > 0 ? 1 : equal + 1;
      most = Math.max(most, equal);
      if (step <= 0) continue;
      distinct += 1;
      if (step < smallest) smallest = step;
    }
    measures.distinct = distinct;
    measures.usualShare = known === 0 ? 0 : most / known;
    return smallest;
  }

  /** Median of |y - centre|: the nearest to the centre are found from the middle of the sorted values outwards. */
  function absoluteDeviation(known: number, centre: number): number {
    let above = known >> 1;
    let below = above - 1;
    let nearest = 0;
    let before = 0;
    for (let count = 0; count <= known >> 1; count += 1) {
      before = nearest;
      const down = below < 0 ? Number.POSITIVE_INFINITY : Math.abs((sorted[below] ?? 0) - centre);
      const up = above >= known ? Number.POSITIVE_INFINITY : Math.abs((sorted[above] ?? 0) - centre);
      if (down < up) below -= 1;
      else above += 1;
      nearest = Math.min(down, up);
    }
    return known % 2 === 1 ? nearest : (before + nearest) / 2;
  }

  function grainOf(step: number, known: number, { isRate, isCount }: HistoryFacts): number {
    const isTallied = (isRate || isCount || measures.zeroShare > 0) && measures.lowest >= 0;
    let sum = 0;
    for (let index = 0; index < known; index += 1) sum += sorted[index] ?? 0;
    const mean = isRate ? Math.min(sum / known, 1 / measures.unit - sum / known) : sum / known;
    return isTallied && mean <= LOW_COUNT * step ? Math.sqrt(Math.max(mean, step) * step) : step / 2;
  }

  function weekOverWeekSpread(): number {
    let count = 0;
    for (let index = 0; index + DAYS_PER_WEEK < used; index += 1) {
      const difference = (scaled[index + DAYS_PER_WEEK] ?? Number.NaN) - (scaled[index] ?? Number.NaN);
      if (!Number.isNaN(difference)) count = insert(scratch, count, difference);
    }
    return count < LEAST_PAIRS ? Number.NaN : clippedDeviation(scratch, count) / Math.SQRT2;
  }

  return { measures, scaled, sorted, read, weekOverWeekSpread };
}

/** Standard error of a share of `rows` rows; 0 where the rows are unknown. Half a row keeps it above 0 at 0 and 1. */
export function rateError(share: number, rows: number): number {
  if (!(rows > 0)) return 0;
  const smoothed = (rows * Math.min(1, Math.max(0, share)) + 0.5) / (rows + 1);
  return Math.sqrt((smoothed * (1 - smoothed)) / rows);
}

/** Inserts into the first `count` sorted places; gives count + 1. */
export function insert(target: Float64Array, count: number, value: number): number {
  let place = count;
  while (place > 0 && (target[place - 1] ?? 0) > value) {
    target[place] = target[place - 1] ?? 0;
    place -= 1;
  }
  target[place] = value;
  return count + 1;
}

export function medianOfSorted(values: Float64Array, count: number): number {
  const middle = count >> 1;
  return count % 2 === 1 ? (values[middle] ?? 0) : ((values[middle - 1] ?? 0) + (values[middle] ?? 0)) / 2;
}

function clippedDeviation(values: Float64Array, count: number): number {
  if (count < 3) return deviationBetween(values, count, values[0] ?? 0, values[count - 1] ?? 0);
  return deviationBetween(values, count, values[1] ?? 0, values[count - 2] ?? 0);
}

function deviationBetween(values: Float64Array, count: number, low: number, high: number): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1) sum += clip(values[index] ?? 0, low, high);
  const mean = sum / count;
  let squares = 0;
  for (let index = 0; index < count; index += 1) squares += (clip(values[index] ?? 0, low, high) - mean) ** 2;
  return Math.sqrt(squares / count);
}

function clip(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

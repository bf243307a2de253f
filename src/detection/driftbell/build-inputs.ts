import { kindRange, type StatisticKind, statisticKinds } from '../../domain/statistic-kind.ts';
import { DAYS_PER_WEEK, writeDayOfWeek } from '../features/day-of-week.ts';
import type { HistoryRows } from '../features/history-rows.ts';
import {
  createHistoryReader,
  type HistoryFacts,
  type HistoryMeasures,
  type HistoryReader,
  insert,
  medianOfSorted,
} from './measure-history.ts';
import {
  createMeasureTable,
  emptyMeasures,
  type MeasureTable,
  type MutableRowMeasures,
  type RowMeasures,
  writeMeasures,
} from './row-measures.ts';
import type { DriftbellSettings } from './settings.ts';

/**
 * What the forecast network is fed. Training and judging both call this function, so their features cannot differ.
 *
 * z[i] = (y[i] - centre) / spread over the used windows; week[d] = median of z over the weekday d
 * r = week-over-week spread / spread, within LEAST_RATIO..1: near 0 where weeks repeat, 1 where they do not; count-like
 *     histories, where differences of 0 say little, from COUNT_LIKE_RATIO on
 * x[i] = asinh((z[i] - (1 - r^2) week[d(i)]) / r), and the same of the judged value: the week is out as far as it repeats
 *
 * Per row: x, 0 where unknown; a mask, 1 where known; the day of the week as a one-hot; six facts: share of zeros, the
 * judged weekday's asinh(week[d]), the median of the newest seven x (trend), ln r, known / used, ln(sampling error / spread).
 *
 * Sources: instance normalisation as in AlerTiger, section 3.2; the others are ours. Edge cases: a row with too few
 * known windows, or one of the constant path, is `isForecast` = 0 with inputs of 0; without a known window of the judged
 * weekday r is 1; logarithms stay within +-LOG_LIMIT; no input is ever NaN or infinite.
 */
export interface InputBatch {
  readonly count: number;
  /** count x driftbellWidth, row-major. */
  readonly inputs: Float32Array;
  /** 1 where the network is asked. */
  readonly isForecast: Uint8Array;
  /** Judged values as x; 0 where the network is not asked. */
  readonly targets: Float64Array;
  readonly measures: MeasureTable;
}

export const EXTRA_INPUTS = 6;
/** Beyond it nothing is more anomalous; keeps sinh and 32-bit numbers finite. */
export const Z_LIMIT = 1e9;
const LOG_LIMIT = 4;
/** Weeks that repeat more exactly than that gain nothing from it. */
const LEAST_RATIO = 0.02;
const COUNT_LIKE_RATIO = 0.5;
/** Of the others, five in 25, nobody can learn how far they scatter. */
const CONSTANT_SHARE = 0.8;

export function driftbellUsed(settings: Pick<DriftbellSettings, 'historyWindows' | 'omittedWindows'>): number {
  return settings.historyWindows - settings.omittedWindows;
}

export function driftbellWidth(settings: Pick<DriftbellSettings, 'historyWindows' | 'omittedWindows'>): number {
  return 2 * driftbellUsed(settings) + DAYS_PER_WEEK + EXTRA_INPUTS;
}

export function buildInputs(rows: HistoryRows, settings: DriftbellSettings): InputBatch {
  const width = driftbellWidth(settings);
  const reader = createHistoryReader(settings);
  const inputs = new Float32Array(rows.count * width);
  const isForecast = new Uint8Array(rows.count);
  const targets = new Float64Array(rows.count);
  const measures = createMeasureTable(rows.count);
  const measured = emptyMeasures();
  const write = createRowWriter(reader, settings);
  for (let row = 0; row < rows.count; row += 1) {
    const start = row * settings.historyWindows;
    const isKnown = reader.read(rows.histories, start, factsOf(rows, row));
    copyHistoryMeasures(reader.measures, measured);
    if (isKnown && !isConstant(reader.measures, settings)) {
      isForecast[row] = 1;
      write(inputs, row * width, measured);
      writeDayOfWeek(rows.daysOfWeek[row] ?? 0, inputs, row * width + 2 * driftbellUsed(settings));
      targets[row] = toInput(zOf(rows.values[row] ?? Number.NaN, measured), measured.ratio, measured.week);
    }
    writeMeasures(measures, row, measured);
  }
  return { count: rows.count, inputs, isForecast, targets, measures };
}

/** Those of the history; of its shape nothing is known yet. */
function copyHistoryMeasures(from: Readonly<HistoryMeasures>, to: MutableRowMeasures): void {
  to.known = from.known;
  to.unit = from.unit;
  to.centre = from.centre;
  to.spread = from.spread;
  to.lowest = from.lowest;
  to.highest = from.highest;
  to.isCountLike = from.isCountLike;
  to.largest = 0;
  to.ratio = 1;
  to.week = 0;
}

/** Writes everything but the day of the week of the history that the reader has just read. */
function createRowWriter(reader: HistoryReader, settings: DriftbellSettings) {
  const used = driftbellUsed(settings);
  const judgedDay = settings.historyWindows % DAYS_PER_WEEK;
  const week = new Float64Array(DAYS_PER_WEEK);
  const scratch = new Float64Array(used);
  const { scaled } = reader;

  function medianOfDay(inputs: Float32Array, at: number, day: number): number {
    let count = 0;
    for (let index = day; index < used; index += DAYS_PER_WEEK) {
      if (inputs[at + used + index] === 1) count = insert(scratch, count, inputs[at + index] ?? 0);
    }
    return count === 0 ? Number.NaN : medianOfSorted(scratch, count);
  }

  return (inputs: Float32Array, at: number, measured: MutableRowMeasures): void => {
    const { centre, spread, zeroShare, known, rowFloor, isCountLike } = reader.measures;
    const leastRatio = isCountLike ? COUNT_LIKE_RATIO : LEAST_RATIO;
    let largest = 0;
    for (let index = 0; index < used; index += 1) {
      const y = scaled[index] ?? Number.NaN;
      if (Number.isNaN(y)) continue;
      const z = (y - centre) / spread;
      largest = Math.max(largest, Math.abs(z));
      inputs[at + index] = z;
      inputs[at + used + index] = 1;
    }
    for (let day = 0; day < DAYS_PER_WEEK; day += 1) week[day] = medianOfDay(inputs, at, day);
    const weekOfJudged = week[judgedDay] ?? Number.NaN;
    const repeats = reader.weekOverWeekSpread() / spread;
    const isWeekly = settings.removesWeek && Number.isFinite(repeats) && !Number.isNaN(weekOfJudged);
    const ratio = isWeekly ? Math.min(1, Math.max(leastRatio, repeats)) : 1;
    const repeated = 1 - ratio * ratio;
    let newest = 0;
    let day = -1;
    for (let index = 0; index < used; index += 1) {
      day = day === DAYS_PER_WEEK - 1 ? 0 : day + 1;
      if (inputs[at + used + index] !== 1) continue;
      const x = asinh(((inputs[at + index] ?? 0) - repeated * (week[day] ?? 0)) / ratio);
      inputs[at + index] = x;
      if (index >= used - DAYS_PER_WEEK) newest = insert(scratch, newest, x);
    }
    const extras = at + 2 * used + DAYS_PER_WEEK;
    inputs[extras] = zeroShare;
    inputs[extras + 1] = Number.isNaN(weekOfJudged) ? 0 : Math.asinh(weekOfJudged);
    inputs[extras + 2] = newest === 0 ? 0 : medianOfSorted(scratch, newest);
    inputs[extras + 3] = Number.isFinite(repeats) ? limitedLog(repeats) : 0;
    inputs[extras + 4] = known / used;
    inputs[extras + 5] = limitedLog(rowFloor / spread);
    measured.largest = largest;
    measured.ratio = ratio;
    measured.week = Number.isNaN(weekOfJudged) ? 0 : weekOfJudged;
  };
}

function toInput(z: number, ratio: number, week: number): number {
  return asinh((z - (1 - ratio * ratio) * week) / ratio);
}

/** Inverse hyperbolic sine to 1e-15, in half the time of the exact one; |t| is far below 1e154. */
function asinh(t: number): number {
  const size = Math.abs(t);
  const x = Math.log(size + Math.sqrt(size * size + 1));
  return t < 0 ? -x : x;
}

/** Back from x to z. */
export function fromInput(x: number, { ratio, week }: Pick<RowMeasures, 'ratio' | 'week'>): number {
  return Math.sinh(x) * ratio + (1 - ratio * ratio) * week;
}

/** A history that hardly changes, where the settings treat those apart; without a spread there is no other way. */
export function isConstant(
  { distinct, usualShare, spread }: Pick<HistoryMeasures, 'distinct' | 'usualShare' | 'spread'>,
  settings: Pick<DriftbellSettings, 'hasConstantPath'>,
): boolean {
  return spread === 0 || (settings.hasConstantPath && (distinct <= 2 || usualShare >= CONSTANT_SHARE));
}

/** A value in spreads from the centre of its history, within +-Z_LIMIT. */
export function zOf(
  value: number,
  { unit, centre, spread }: Pick<HistoryMeasures, 'unit' | 'centre' | 'spread'>,
): number {
  const z = (value / unit - centre) / spread;
  return Math.min(Z_LIMIT, Math.max(-Z_LIMIT, z));
}

export function kindAt(rows: Pick<HistoryRows, 'kinds'>, row: number): StatisticKind {
  return statisticKinds[rows.kinds?.[row] ?? 0] ?? 'level';
}

export function factsOf(rows: Pick<HistoryRows, 'kinds' | 'rows'>, row: number): HistoryFacts {
  const kind = kindAt(rows, row);
  return { isRate: kind === 'rate', isCount: kind === 'count', rows: rows.rows?.[row] ?? Number.NaN };
}

export function rangeOf(rows: Pick<HistoryRows, 'kinds'>, row: number): ReturnType<typeof kindRange> {
  return kindRange(kindAt(rows, row));
}

function limitedLog(ratio: number): number {
  return Math.min(LOG_LIMIT, Math.max(-LOG_LIMIT, Math.log(ratio)));
}

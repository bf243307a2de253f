/**
 * The shape of a run of anomalies, as one word. The first that holds:
 *
 * - `flatline`: the detector saw a series stuck that always scattered, or at least 5 values of the run are equal where at
 *   most half of the neighbours before it were.
 * - `outage`: a rule that needs no history broke: all missing, no rows, a column that is gone ...
 * - `went live`: at least 7 known windows before the run had nothing to tell, and now it does: a coverage of at most 1 %
 *   (a missing rate of at least 99 %), a count of 0, or any other statistic that never changed and now varies.
 * - `trend`: the detector saw a slow drift, or at least 5 values of the run go on moving away from the baseline of its
 *   first window: Mann-Kendall z >= 2.2, and the Theil-Sen line covers at least half of the last departure.
 * - `level shift`: it lasts for more than 3 windows (AlerTiger section 3.4: a spike recovers "within three days").
 * - `developing`: shorter, and it goes on in the newest window.
 * - `spike`: shorter, and over.
 *
 * Values are compared with each other only, so unit and zero of a statistic do not matter. Windows without a value are
 * left out. Sources of the trend test: Mann 1945, Kendall 1975; of its slope: Sen 1968.
 */

import { type Anomaly, type Detection, isOutage } from '../domain/anomaly.ts';
import type { Pattern } from '../domain/finding.ts';
import { isShareStatistic } from '../domain/share-statistic.ts';
import type { SeriesStatistic } from '../domain/statistic.ts';
import { mannKendall, theilSen } from './monotone-trend.ts';

/** AlerTiger section 3.4: a short-term spike recovers "within three days". */
export const SPIKE_WINDOWS = 3;
/** Equal values in a row by chance are rare from here on; the detector's own rule asks for as many. */
const FLAT_VALUES = 5;
/** The fewest values of which Mann-Kendall can be sure at all: five in order are one chance in sixty. */
const TREND_VALUES = 5;
/** Reached by five values in order; one-sided, 1.4 % of runs without a trend. */
const TREND_Z = 2.2;
/** A shift jumps and then stays: its line covers little of the departure. */
const TREND_SHARE = 0.5;
/** A week: every weekday had nothing to tell. */
const IDLE_WINDOWS = 7;
/** Part of the rows that is as good as nothing. */
const IDLE_SHARE = 0.01;

/**
 * row: the series over consecutive windows, the newest last. run: its anomalies of one run, in time order, not empty.
 */
export function patternOf(row: readonly Detection[], run: readonly Anomaly[]): Pattern {
  const first = placeOf(row, run[0]);
  const last = placeOf(row, run.at(-1));
  const during = valuesOf(row.slice(first, last + 1));
  const before = valuesOf(row.slice(0, first));
  if (run.some(({ rule }) => rule === 'flat') || isStuck(before, during)) return 'flatline';
  if (run.some(({ rule }) => isOutage(rule))) return 'outage';
  if (wentLive(row[first]?.series.statistic ?? 'mean', before, during)) return 'went live';
  if (run.some(({ rule }) => rule === 'slow_drift') || isTrend(row[first], during)) return 'trend';
  if (last - first + 1 > SPIKE_WINDOWS) return 'level shift';
  return last === row.length - 1 ? 'developing' : 'spike';
}

function isStuck(before: readonly number[], during: readonly number[]): boolean {
  if (during.length < FLAT_VALUES || during.some((value) => value !== during[0])) return false;
  if (before.length < IDLE_WINDOWS) return false;
  const equal = before.filter((value, at) => at > 0 && value === before[at - 1]).length;
  return equal * 2 <= before.length - 1;
}

function wentLive(statistic: SeriesStatistic, before: readonly number[], during: readonly number[]): boolean {
  const idle = before.slice(-IDLE_WINDOWS);
  const newest = during.at(-1);
  if (idle.length < IDLE_WINDOWS || newest === undefined) return false;
  const isIdle = idleOf(statistic);
  if (isIdle !== undefined) return before.every(isIdle) && !isIdle(newest);
  const hasNeverChanged = before.every((value) => value === before[0]);
  // A constant that jumps to another constant is a shift.
  return hasNeverChanged && new Set(during).size > 1 && during.every((value) => value !== before[0]);
}

/** What nothing looks like in a statistic; undefined where any value may be one. */
function idleOf(statistic: SeriesStatistic): ((value: number) => boolean) | undefined {
  if (statistic === 'missing_rate' || statistic === 'default_rate') return (value) => value >= 1 - IDLE_SHARE;
  if (isShareStatistic(statistic)) return (value) => value <= IDLE_SHARE;
  return statistic === 'traffic' || statistic === 'distinct_count' ? (value) => value === 0 : undefined;
}

function isTrend(first: Detection | undefined, during: readonly number[]): boolean {
  const newest = during.at(-1);
  if (during.length < TREND_VALUES || newest === undefined || first?.forecast === undefined) return false;
  const departure = newest - first.forecast.baseline;
  const slope = theilSen(during);
  if (Math.sign(slope) !== Math.sign(departure)) return false;
  return (
    Math.abs(mannKendall(during)) >= TREND_Z &&
    Math.abs(slope) * (during.length - 1) >= TREND_SHARE * Math.abs(departure)
  );
}

function placeOf(row: readonly Detection[], anomaly: Anomaly | undefined): number {
  return row.findIndex(({ window }) => window.startMs === anomaly?.window.startMs);
}

function valuesOf(row: readonly Detection[]): number[] {
  return row.flatMap(({ value }) => (value === null ? [] : [value]));
}

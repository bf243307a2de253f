import type { Granularity } from '../../domain/model.ts';
import type { SeriesKey } from '../../domain/series.ts';
import type { SeriesGrid } from '../features/history-rows.ts';
import type { JudgedSeries } from './judged-series.ts';
import type { ScoredGrid } from './scorer.ts';
import { warmUpWindows } from './warm-up.ts';

/** One series to measure scorers on. */
export interface EvaluationSeries extends SeriesGrid {
  /** What an alert would name. Series of one unit, such as the statistics of a column, are one: the largest counts. */
  readonly unit: string;
  /** 1 on windows that people call anomalous; the same for all series of a unit. */
  readonly labels: Uint8Array;
  /** What is drawn together in the bootstrap, for each window: its unit, or a week that units share incidents in. */
  readonly clusterAt: (window: number) => string;
  /** Start of the first window, where it is known. */
  readonly firstMs?: number;
  /** The statistic that it is of, where it is one of a table. */
  readonly key?: SeriesKey;
}

export interface EvaluationSet {
  readonly name: string;
  readonly granularity: Granularity;
  readonly series: readonly EvaluationSeries[];
}

/** A unit as one scorer ranks it; the warm-up is cut off. */
export interface RankedSeries {
  readonly labels: Uint8Array;
  /** -Infinity where the scorer cannot say: never an alert, so a miss where there is an event. */
  readonly scores: Float64Array;
  /** 1 on windows with a value. */
  readonly isKnown: Uint8Array;
  readonly windowsPerDay: number;
  readonly clusterAt: (window: number) => string;
}

const WINDOWS_PER_DAY: Readonly<Record<Granularity, number>> = { day: 1, hour: 24 };

export function rankSeries(set: EvaluationSet, scored: readonly ScoredGrid[]): readonly RankedSeries[] {
  const units = new Map<string, { series: EvaluationSeries; scores: Float64Array; isKnown: Uint8Array }>();
  set.series.forEach((series, index) => {
    const scores = (scored[index]?.scores ?? new Float64Array(series.values.length).fill(Number.NaN)).map((score) =>
      Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score,
    );
    const isKnown = Uint8Array.from(series.values, (value) => (Number.isFinite(value) ? 1 : 0));
    const unit = units.get(series.unit);
    if (unit === undefined) units.set(series.unit, { series, scores, isKnown });
    else {
      unit.scores = unit.scores.map((score, at) => Math.max(score, scores[at] ?? Number.NEGATIVE_INFINITY));
      unit.isKnown = unit.isKnown.map((known, at) => known | (isKnown[at] ?? 0));
    }
  });
  return [...units.values()].map(({ series, scores, isKnown }) => {
    const from = warmUpWindows(scores.length, set.granularity);
    return {
      labels: series.labels.subarray(from),
      scores: scores.subarray(from),
      isKnown: isKnown.subarray(from),
      windowsPerDay: WINDOWS_PER_DAY[set.granularity],
      clusterAt: (window) => series.clusterAt(from + window),
    };
  });
}

/** An alert is a score that reaches the threshold, which is one for all series. */
export function judgeAt(series: RankedSeries, threshold: number): JudgedSeries {
  return {
    labels: series.labels,
    scores: series.scores,
    alerts: Uint8Array.from(series.scores, (score) => (score >= threshold ? 1 : 0)),
  };
}

/** Windows that were scored among those with a value; null without any. */
export function scorableShare(series: readonly RankedSeries[]): number | null {
  let known = 0;
  let scored = 0;
  for (const { isKnown, scores } of series) {
    for (let window = 0; window < scores.length; window += 1) {
      known += isKnown[window] ?? 0;
      if (isKnown[window] === 1 && scores[window] !== Number.NEGATIVE_INFINITY) scored += 1;
    }
  }
  return known === 0 ? null : scored / known;
}

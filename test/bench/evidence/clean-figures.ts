import { warmUpWindows } from '../../../src/detection/evaluation/warm-up.ts';
import { type EvaluationSet, figuresAt, rankSeries, type ScoredGrid } from '../../../src/detection/index.ts';
import { type StatisticKind, statisticKinds } from '../../../src/domain/statistic-kind.ts';

/** Share of all healthy windows that the one threshold lets through. */
export const CLEAN_SHARE = 0.001;

/** False alarms of one variant on healthy series, at one threshold for all kinds of statistics. */
export interface CleanFigures {
  readonly variant: string;
  /** Share of windows above the threshold. */
  readonly byKind: Readonly<Record<StatisticKind, number | null>>;
  /** The largest share over the smallest; null where a kind has none. */
  readonly spread: number | null;
  /** Of all kinds, by the rules that the detector brings; null where it has none. */
  readonly ownFalseEpisodesPer1000SeriesWeeks: number | null;
}

/** Windows of each kind in a set, after the warm-up, without the labelled ones. */
export function windowsByKind(set: EvaluationSet): Readonly<Record<StatisticKind, number>> {
  const of = (kind: StatisticKind) =>
    set.series
      .filter((one) => (one.statisticKind ?? 'level') === kind)
      .reduce((sum, one) => sum + healthyWindows(set, set.series.indexOf(one)).length, 0);
  return byKind(of);
}

/** Places after the warm-up without a label. */
function healthyWindows(set: EvaluationSet, index: number): number[] {
  const { labels = new Uint8Array() } = set.series[index] ?? {};
  const places: number[] = [];
  for (let at = warmUpWindows(labels.length, set.granularity); at < labels.length; at += 1) {
    if (labels[at] !== 1) places.push(at);
  }
  return places;
}

export function cleanFigures(variant: string, set: EvaluationSet, scored: readonly ScoredGrid[]): CleanFigures {
  const after = scored.map(({ scores }, index) => healthyWindows(set, index).map((at) => scores[at] ?? Number.NaN));
  const known = Float64Array.from(after.flatMap((scores) => scores.filter((score) => !Number.isNaN(score)))).sort();
  const threshold = known[Math.floor(known.length * (1 - CLEAN_SHARE))] ?? Number.POSITIVE_INFINITY;
  const shares = byKind((kind) => {
    const scores = after.filter((_, index) => (set.series[index]?.statisticKind ?? 'level') === kind);
    const windows = scores.reduce((sum, one) => sum + one.length, 0);
    const above = scores.reduce((sum, one) => sum + one.filter((score) => score >= threshold).length, 0);
    return windows === 0 ? null : above / windows;
  });
  const told = Object.values(shares).flatMap((share) => share ?? []);
  const least = Math.min(...told);
  return {
    variant,
    byKind: shares,
    spread: least > 0 ? Math.max(...told) / least : null,
    ownFalseEpisodesPer1000SeriesWeeks: ownFalseRate(set, scored),
  };
}

/** By the detector's own rules; null where it has none. */
export function ownFalseRate(set: EvaluationSet, scored: readonly ScoredGrid[]): number | null {
  if (scored.some(({ alerts }) => alerts === undefined)) return null;
  const raised = scored.map(({ alerts }) => ({ scores: Float64Array.from(alerts ?? []) }));
  return figuresAt(rankSeries(set, raised), 1).event.falseEpisodesPer1000SeriesWeeks;
}

function byKind<T>(of: (kind: StatisticKind) => T): Readonly<Record<StatisticKind, T>> {
  return Object.fromEntries(statisticKinds.map((kind) => [kind, of(kind)])) as Record<StatisticKind, T>;
}

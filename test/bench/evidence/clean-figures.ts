import { warmUpWindows } from '../../../src/detection/evaluation/warm-up.ts';
import {
  BOOTSTRAP_DRAWS,
  type EvaluationSet,
  figuresAt,
  type Interval90,
  interval90,
  rankSeries,
  type ScoredGrid,
} from '../../../src/detection/index.ts';
import { type StatisticKind, statisticKinds } from '../../../src/domain/statistic-kind.ts';
import type { Random } from '../../../src/ports/random.ts';

/** Share of all healthy windows that the one threshold lets through. */
export const CLEAN_SHARE = 0.001;

/** False alarms of one variant on healthy series, at one threshold for all kinds of statistics. */
export interface CleanFigures {
  readonly variant: string;
  /** Share of windows above the threshold. */
  readonly byKind: Readonly<Record<StatisticKind, number | null>>;
  /** The largest share over the smallest; null where a kind has none. */
  readonly spread: number | null;
  /** Of the spread, over draws of the series; null where there is none. */
  readonly spreadInterval: Interval90 | null;
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

/** Healthy windows of one series, and how many of them are above the threshold. */
interface SeriesCount {
  readonly kind: StatisticKind;
  readonly windows: number;
  readonly above: number;
}

/** `random` draws the series again for the interval. */
export function cleanFigures(
  variant: string,
  set: EvaluationSet,
  scored: readonly ScoredGrid[],
  random: Random,
): CleanFigures {
  const after = scored.map(({ scores }, index) => healthyWindows(set, index).map((at) => scores[at] ?? Number.NaN));
  const known = Float64Array.from(after.flatMap((scores) => scores.filter((score) => !Number.isNaN(score)))).sort();
  const threshold = known[Math.floor(known.length * (1 - CLEAN_SHARE))] ?? Number.POSITIVE_INFINITY;
  const counts = after.map((scores, index) => ({
    kind: set.series[index]?.statisticKind ?? ('level' as const),
    windows: scores.length,
    above: scores.filter((score) => score >= threshold).length,
  }));
  const shares = sharesByKind(counts);
  return {
    variant,
    byKind: shares,
    spread: spreadOf(shares),
    spreadInterval: spreadInterval(counts, random),
    ownFalseEpisodesPer1000SeriesWeeks: ownFalseRate(set, scored),
  };
}

function sharesByKind(counts: readonly SeriesCount[]): CleanFigures['byKind'] {
  const sums = byKind(() => ({ windows: 0, above: 0 }));
  for (const { kind, windows, above } of counts) {
    sums[kind].windows += windows;
    sums[kind].above += above;
  }
  return byKind((kind) => (sums[kind].windows === 0 ? null : sums[kind].above / sums[kind].windows));
}

function spreadOf(shares: CleanFigures['byKind']): number | null {
  const told = Object.values(shares).flatMap((share) => share ?? []);
  const least = Math.min(...told);
  return least > 0 ? Math.max(...told) / least : null;
}

/** The series of each kind are drawn again, with replacement; a draw in which a kind has no alarm has no bound. */
function spreadInterval(counts: readonly SeriesCount[], random: Random): Interval90 | null {
  const groups = statisticKinds
    .map((kind) => counts.filter((one) => one.kind === kind))
    .filter(({ length }) => length > 0);
  if (spreadOf(sharesByKind(counts)) === null) return null;
  const samples = Float64Array.from({ length: BOOTSTRAP_DRAWS }, () => {
    const drawn = groups.flatMap((group) => group.flatMap(() => group[random.integer(0, group.length - 1)] ?? []));
    return spreadOf(sharesByKind(drawn)) ?? Number.POSITIVE_INFINITY;
  });
  return interval90(samples);
}

/** By the detector's own rules; null where it has none. */
export function ownFalseRate(set: EvaluationSet, scored: readonly ScoredGrid[]): number | null {
  if (scored.some(({ alerts }) => alerts === undefined)) return null;
  const raised = scored.map(({ alerts }) => ({ scores: Float64Array.from(alerts ?? []) }));
  return figuresAt(rankSeries(set, raised), 1).event.falseEpisodesPer1000SeriesWeeks;
}

function byKind<T>(of: (kind: StatisticKind) => T): Record<StatisticKind, T> {
  return Object.fromEntries(statisticKinds.map((kind) => [kind, of(kind)])) as Record<StatisticKind, T>;
}

import { quantileOfSorted } from '../features/quantile.ts';
import type { Draws } from '../synthetic/draws.ts';
import { eventOutcomes } from './event-outcomes.ts';
import { f1Of } from './event-quality.ts';
import { judgeAt, type RankedSeries } from './ranked-series.ts';
import type { EventCounts } from './threshold-walk.ts';

/**
 * How sure an event F1 is: the clusters (a series, or a week in which series share incidents) are drawn again with
 * replacement, and the counts of the drawn ones are added up. All scorers see the same draws, so that differences
 * between two of them are paired.
 *
 * F1(d) = F1 of the sum of counts over the clusters of draw d; interval = 5 % and 95 % quantile over the draws
 *
 * An event and an episode belong to the cluster of their first window. Source: Efron and Tibshirani (1993), with
 * clusters as Cameron et al. (2008). Edge cases: a draw without events or episodes has an F1 of 0.
 */
export const BOOTSTRAP_DRAWS = 1_000;
const INTERVAL = { low: 0.05, high: 0.95 };

export interface Interval90 {
  readonly low: number;
  readonly high: number;
}

export type ClusterCounts = ReadonlyMap<string, EventCounts>;

export function countByCluster(series: readonly RankedSeries[], threshold: number): ClusterCounts {
  const counts = new Map<string, { events: number; found: number; episodes: number; falseEpisodes: number }>();
  const of = (cluster: string) => {
    const known = counts.get(cluster);
    if (known !== undefined) return known;
    const fresh = { events: 0, found: 0, episodes: 0, falseEpisodes: 0 };
    counts.set(cluster, fresh);
    return fresh;
  };
  for (const one of series) {
    // Quiet clusters are drawn too.
    for (let window = 0; window < one.labels.length; window += 1) of(one.clusterAt(window));
    const { events, episodes } = eventOutcomes(judgeAt(one, threshold));
    for (const { start, delay } of events) {
      const cluster = of(one.clusterAt(start));
      cluster.events += 1;
      if (delay !== null) cluster.found += 1;
    }
    for (const { start, isFalse } of episodes) {
      const cluster = of(one.clusterAt(start));
      cluster.episodes += 1;
      if (isFalse) cluster.falseEpisodes += 1;
    }
  }
  return counts;
}

/** For each scorer its F1 in every draw; all must have the same clusters. */
export function bootstrapF1(scorers: readonly ClusterCounts[], draws: Draws): readonly Float64Array[] {
  const clusters = [...(scorers[0]?.keys() ?? [])];
  const samples = scorers.map(() => new Float64Array(BOOTSTRAP_DRAWS));
  for (let draw = 0; draw < BOOTSTRAP_DRAWS; draw += 1) {
    const drawn = clusters.map(() => clusters[draws.integer(0, clusters.length - 1)] ?? '');
    scorers.forEach((counts, index) => {
      const sample = samples[index];
      if (sample !== undefined) sample[draw] = f1Of(sumOf(counts, drawn)) ?? 0;
    });
  }
  return samples;
}

export function interval90(samples: Float64Array): Interval90 {
  const sorted = samples.toSorted();
  return { low: quantileOfSorted(sorted, INTERVAL.low), high: quantileOfSorted(sorted, INTERVAL.high) };
}

function sumOf(counts: ClusterCounts, drawn: readonly string[]): EventCounts {
  const sum = { events: 0, found: 0, episodes: 0, falseEpisodes: 0 };
  for (const cluster of drawn) {
    const one = counts.get(cluster);
    sum.events += one?.events ?? 0;
    sum.found += one?.found ?? 0;
    sum.episodes += one?.episodes ?? 0;
    sum.falseEpisodes += one?.falseEpisodes ?? 0;
  }
  return sum;
}

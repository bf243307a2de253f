import { eventOutcomes } from './event-outcomes.ts';
import { type EventQuality, f1Of, MONTH_DAYS } from './event-quality.ts';
import { ratio } from './judged-series.ts';
import { judgeAt, type RankedSeries } from './ranked-series.ts';

/**
 * One threshold for all series, walked down from the highest score. The walk ends at the first threshold with more
 * false episodes than the budget: further down episodes melt into alarms that never end, which are few but useless.
 *
 * rate = false episodes / (series-days / 7000), in 1,000 series-weeks; 1 per series-month is 233
 */
export interface ThresholdPoint extends EventCounts {
  readonly threshold: number;
  /** False episodes per 1,000 series-weeks. */
  readonly falseRate: number;
}

export type EventCounts = Pick<EventQuality, 'events' | 'found' | 'episodes' | 'falseEpisodes'>;

const THOUSAND_WEEKS_DAYS = 7_000;
/** False episodes per 1,000 series-weeks that one a series and month is. */
export const ONE_PER_SERIES_MONTH = THOUSAND_WEEKS_DAYS / MONTH_DAYS;

export function walkThresholds(series: readonly RankedSeries[], budget: number): readonly ThresholdPoint[] {
  const days = daysOf(series);
  const points: ThresholdPoint[] = [];
  const countAt = createCounter(series);
  for (const threshold of candidates(series)) {
    const counts = countAt(threshold);
    const falseRate = rateOf(counts.falseEpisodes, days);
    if (falseRate > budget) break;
    points.push({ threshold, falseRate, ...counts });
  }
  return points;
}

/**
 * The threshold of the best event F1 that keeps the budget on other series as well, as far as these can tell: the upper
 * 90 % bound of its false episodes is within it, not their count; none at all is always allowed. The highest of equals.
 * Undefined: none finds anything.
 */
export function chooseThreshold(
  series: readonly RankedSeries[],
  { budget = ONE_PER_SERIES_MONTH }: { readonly budget?: number } = {},
): ThresholdPoint | undefined {
  let best: ThresholdPoint | undefined;
  const days = daysOf(series);
  for (const point of walkThresholds(series, budget)) {
    if (point.falseEpisodes > 0 && rateOf(upperBound(point.falseEpisodes), days) > budget) break;
    if ((f1Of(point) ?? 0) > (best === undefined ? 0 : (f1Of(best) ?? 0))) best = point;
  }
  return best;
}

function daysOf(series: readonly RankedSeries[]): number {
  return series.reduce((sum, one) => sum + one.labels.length / one.windowsPerDay, 0);
}

/** In 1,000 series-weeks. */
function rateOf(episodes: number, days: number): number {
  return (episodes * THOUSAND_WEEKS_DAYS) / days;
}

/** 90 % quantile of a standard normal distribution. */
const NORMAL_90 = 1.2816;

/**
 * One-sided upper 90 % bound of the mean of a Poisson count: (n + 1) (1 - 1 / (9 (n + 1)) + z / (3 sqrt(n + 1)))^3, the
 * gamma quantile of Garwood (1936) as approximated by Wilson and Hilferty (1931), right to 2 %.
 */
export function upperBound(count: number): number {
  const next = count + 1;
  return next * (1 - 1 / (9 * next) + NORMAL_90 / (3 * Math.sqrt(next))) ** 3;
}

/** The largest share of events found before the budget is exceeded; null without events. */
export function recallAt(walk: readonly ThresholdPoint[], budget: number, events: number): number | null {
  let found = 0;
  for (const point of walk) {
    if (point.falseRate > budget) break;
    found = Math.max(found, point.found);
  }
  return ratio(found, events);
}

/** Counts for falling thresholds; a series is looked at again only when a further window of it is alerted. */
function createCounter(series: readonly RankedSeries[]): (threshold: number) => EventCounts {
  const states = series.map((one) => ({ one, sorted: one.scores.toSorted(), alerted: -1, counts: NOTHING }));
  return (threshold) => {
    const sum = { events: 0, found: 0, episodes: 0, falseEpisodes: 0 };
    for (const state of states) {
      const alerted = countFrom(state.sorted, threshold, Math.max(0, state.alerted));
      if (alerted !== state.alerted) {
        state.alerted = alerted;
        state.counts = countEvents(state.one, threshold);
      }
      sum.events += state.counts.events;
      sum.found += state.counts.found;
      sum.episodes += state.counts.episodes;
      sum.falseEpisodes += state.counts.falseEpisodes;
    }
    return sum;
  };
}

const NOTHING: EventCounts = { events: 0, found: 0, episodes: 0, falseEpisodes: 0 };

/** Scores that reach the threshold, of which `known` are known to. */
function countFrom(sorted: Float64Array, threshold: number, known: number): number {
  let count = known;
  while (count < sorted.length && (sorted[sorted.length - 1 - count] ?? 0) >= threshold) count += 1;
  return count;
}

function countEvents(series: RankedSeries, threshold: number): EventCounts {
  const { events, episodes } = eventOutcomes(judgeAt(series, threshold));
  return {
    events: events.length,
    found: events.filter(({ delay }) => delay !== null).length,
    episodes: episodes.length,
    falseEpisodes: episodes.filter(({ isFalse }) => isFalse).length,
  };
}

/** Each of the highest scores is a candidate; after these, ranks this much further apart. */
const EXACT_RANKS = 200;
const RANK_STEP = 1.01;

function candidates(series: readonly RankedSeries[]): number[] {
  const scores = Float64Array.from(
    series.flatMap((one) => [...one.scores.filter((score) => score > -Infinity)]),
  ).sort();
  const found: number[] = [];
  for (
    let rank = 1;
    rank <= scores.length;
    rank = Math.max(rank + 1, rank < EXACT_RANKS ? 0 : Math.floor(rank * RANK_STEP))
  ) {
    const score = scores[scores.length - rank] ?? 0;
    if (found.at(-1) !== score) found.push(score);
  }
  return found;
}

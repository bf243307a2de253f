import { eventOutcomes } from './event-outcomes.ts';
import { harmonicMean, type JudgedSeries, ratio } from './judged-series.ts';

/**
 * Quality by event, as people live it. Alerts at most two windows apart are one episode. An event is a run of labels;
 * it is found when an episode starts between its first window and two windows after its last. An episode that touches
 * no event (with the same two windows of grace) is a false one.
 *
 * precision = episodes that touch an event / episodes; recall = found events / events
 * delay     = windows from an event's start to the first episode that starts in it
 *
 * An alarm that never ends starts once and so finds at most one event. A month is 30 days. Edge cases: without events
 * or episodes the figures that divide by them are null.
 */
export interface EventQuality {
  readonly events: number;
  readonly found: number;
  readonly episodes: number;
  readonly falseEpisodes: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly falseEpisodesPerSeriesMonth: number | null;
  readonly falseEpisodesPer1000SeriesWeeks: number | null;
  /** In windows, over found events. */
  readonly delay: {
    readonly median: number | null;
    readonly p90: number | null;
    readonly withinOne: number | null;
    readonly withinThree: number | null;
  };
}

export const MONTH_DAYS = 30;
const THOUSAND_WEEKS_DAYS = 7_000;

/** `windowsPerDay`: one for all series, or of each. */
export function eventQuality(series: readonly JudgedSeries[], windowsPerDay: number | readonly number[]): EventQuality {
  const delays: number[] = [];
  let events = 0;
  let episodes = 0;
  let falseEpisodes = 0;
  let days = 0;
  series.forEach((one, index) => {
    const perDay = typeof windowsPerDay === 'number' ? windowsPerDay : (windowsPerDay[index] ?? 1);
    days += one.labels.length / perDay;
    const outcomes = eventOutcomes(one);
    events += outcomes.events.length;
    episodes += outcomes.episodes.length;
    falseEpisodes += outcomes.episodes.filter((episode) => episode.isFalse).length;
    delays.push(...outcomes.events.flatMap(({ delay }) => delay ?? []));
  });
  const precision = ratio(episodes - falseEpisodes, episodes);
  const recall = ratio(delays.length, events);
  return {
    events,
    found: delays.length,
    episodes,
    falseEpisodes,
    precision,
    recall,
    f1: f1Of({ events, found: delays.length, episodes, falseEpisodes }),
    falseEpisodesPerSeriesMonth: ratio(falseEpisodes, days / MONTH_DAYS),
    falseEpisodesPer1000SeriesWeeks: ratio(falseEpisodes, days / THOUSAND_WEEKS_DAYS),
    delay: describeDelays(delays),
  };
}

/** Null where there is no event, or nothing was raised. */
export function f1Of(counts: Pick<EventQuality, 'events' | 'found' | 'episodes' | 'falseEpisodes'>): number | null {
  return harmonicMean(
    ratio(counts.episodes - counts.falseEpisodes, counts.episodes),
    ratio(counts.found, counts.events),
  );
}

function describeDelays(delays: readonly number[]): EventQuality['delay'] {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  const within = (windows: number) => ratio(sorted.filter((delay) => delay <= windows).length, sorted.length);
  return { median: at(0.5), p90: at(0.9), withinOne: within(1), withinThree: within(3) };
}

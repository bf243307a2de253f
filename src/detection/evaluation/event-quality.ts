import { harmonicMean, type Interval, type JudgedSeries, overlaps, ratio, runsOf } from './judged-series.ts';

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
  /** In windows, over found events. */
  readonly delay: {
    readonly median: number | null;
    readonly p90: number | null;
    readonly withinOne: number | null;
    readonly withinThree: number | null;
  };
}

export const GRACE_WINDOWS = 2;
const MONTH_DAYS = 30;

export function eventQuality(series: readonly JudgedSeries[], windowsPerDay: number): EventQuality {
  const delays: number[] = [];
  let events = 0;
  let episodes = 0;
  let falseEpisodes = 0;
  let windows = 0;
  for (const one of series) {
    windows += one.labels.length;
    const alerts = joinNear(runsOf(one.alerts));
    const truths = runsOf(one.labels).map((run) => ({ start: run.start, end: run.end + GRACE_WINDOWS }));
    events += truths.length;
    episodes += alerts.length;
    falseEpisodes += alerts.filter((alert) => !truths.some((truth) => overlaps(alert, truth))).length;
    for (const truth of truths) {
      const first = alerts.find((alert) => alert.start >= truth.start && alert.start < truth.end);
      if (first !== undefined) delays.push(first.start - truth.start);
    }
  }
  const precision = ratio(episodes - falseEpisodes, episodes);
  const recall = ratio(delays.length, events);
  return {
    events,
    found: delays.length,
    episodes,
    falseEpisodes,
    precision,
    recall,
    f1: harmonicMean(precision, recall),
    falseEpisodesPerSeriesMonth: ratio(falseEpisodes, windows / windowsPerDay / MONTH_DAYS),
    delay: describeDelays(delays),
  };
}

/** Joins runs that are at most GRACE_WINDOWS apart. */
export function joinNear(runs: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last !== undefined && run.start - last.end < GRACE_WINDOWS)
      joined[joined.length - 1] = { ...last, end: run.end };
    else joined.push(run);
  }
  return joined;
}

function describeDelays(delays: readonly number[]): EventQuality['delay'] {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share: number): number | null => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  const within = (windows: number) => ratio(sorted.filter((delay) => delay <= windows).length, sorted.length);
  return { median: at(0.5), p90: at(0.9), withinOne: within(1), withinThree: within(3) };
}

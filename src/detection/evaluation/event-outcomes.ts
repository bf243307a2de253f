import { type Interval, type JudgedSeries, overlaps, runsOf } from './judged-series.ts';

/** Windows after an event in which an episode may still begin, and between alerts of one episode. */
export const GRACE_WINDOWS = 2;

export interface EventOutcome extends Interval {
  /** Windows from its start to the first episode that starts in it; null: missed. */
  readonly delay: number | null;
}

export interface Episode extends Interval {
  readonly isFalse: boolean;
}

export interface EventOutcomes {
  readonly events: readonly EventOutcome[];
  readonly episodes: readonly Episode[];
}

/** What became of every event and every episode of one series; the rules are those of `eventQuality`. */
export function eventOutcomes(series: Pick<JudgedSeries, 'labels' | 'alerts'>): EventOutcomes {
  const alerts = joinNear(runsOf(series.alerts));
  const events = runsOf(series.labels);
  const truths = events.map(({ start, end }) => ({ start, end: end + GRACE_WINDOWS }));
  return {
    events: events.map((event, index) => {
      const truth = truths[index] ?? event;
      const first = alerts.find((alert) => alert.start >= truth.start && alert.start < truth.end);
      return { ...event, delay: first === undefined ? null : first.start - event.start };
    }),
    episodes: alerts.map((alert) => ({ ...alert, isFalse: !truths.some((truth) => overlaps(alert, truth)) })),
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

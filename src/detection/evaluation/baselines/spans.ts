import type { Granularity } from '../../../domain/model.ts';

/** How far the baselines look back, in windows. */
export interface BaselineSpans {
  /** Windows whose spread is taken. */
  readonly history: number;
  /** Fewest known windows among them for a score. */
  readonly fewest: number;
  /** Windows from one time of the season to the same time of the next. */
  readonly season: number;
  /** Seasons whose median is taken. */
  readonly seasons: number;
  readonly week: number;
}

/**
 * Days: four weeks of history, the last four same weekdays. Hours: a week of history, the same hour of the last seven
 * days. A quarter of the history must be known, for hours a day.
 */
export const baselineSpans: Readonly<Record<Granularity, BaselineSpans>> = {
  day: { history: 28, fewest: 7, season: 7, seasons: 4, week: 7 },
  hour: { history: 168, fewest: 24, season: 24, seasons: 7, week: 168 },
};

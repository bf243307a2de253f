import type { Departure } from './departure.ts';
import type { Direction } from './direction.ts';
import type { EpochMs, UserId } from './identifiers.ts';
import type { SeriesKey } from './series.ts';
import type { SeriesScope } from './series-scope.ts';

/** A person's word on a span of time that will not come again: what is in it is no news. Half open. */
export interface ExpectedOnce {
  readonly scope: SeriesScope;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  readonly by: UserId;
}

/** A person's word that findings like one of a series are false alarms: the same way, about as far, about as long. */
export interface QuietedPattern {
  readonly series: SeriesKey;
  readonly direction: Direction;
  /** Of what was voted on. Absent: nobody cares how far and how long it goes. */
  readonly departure?: Departure;
  /** How long it had lasted. */
  readonly longestMs: number;
  readonly untilMs: EpochMs;
  readonly by: UserId;
}

/** About as long. */
export const QUIET_LENGTH_SLACK = 1.5;

/** What people said of single series, for the filters to heed. */
export interface SaidOfSeries {
  readonly expectedOnce: readonly ExpectedOnce[];
  readonly quieted: readonly QuietedPattern[];
  /** Columns of which people said that they do not matter: their importance counts for a part. */
  readonly unimportant?: readonly string[];
}

export const NOTHING_SAID: SaidOfSeries = { expectedOnce: [], quieted: [] };

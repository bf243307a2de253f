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
  /** Of what was voted on, in widths of the band, as a finding's severity. */
  readonly largestSeverity: number;
  /** How long it had lasted. */
  readonly longestMs: number;
  readonly untilMs: EpochMs;
  readonly by: UserId;
}

/**
 * How much further and longer than what was voted on the same pattern may go. The next of n patterns of one size goes
 * further than all before it once in n + 1, so that without slack one vote would hold every second one.
 */
export const QUIET_SLACK = 1.5;

/** What people said of single series, for the filters to heed. */
export interface SaidOfSeries {
  readonly expectedOnce: readonly ExpectedOnce[];
  readonly quieted: readonly QuietedPattern[];
  /** Columns of which people said that they do not matter: their importance counts for a part. */
  readonly unimportant?: readonly string[];
}

export const NOTHING_SAID: SaidOfSeries = { expectedOnce: [], quieted: [] };

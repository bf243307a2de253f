import { type Anomaly, isOutage } from './anomaly.ts';
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
  /** Departure of what was voted on (`departureOf`). Absent: nobody cares how far and how long it goes. */
  readonly size?: number;
  /** How long it had lasted. */
  readonly longestMs: number;
  readonly untilMs: EpochMs;
  readonly by: UserId;
}

/**
 * About as far: from two thirds of what was voted on to half as far again. What goes further may be worse; what goes less far
 * on a series with large bursts is another thing, and more often real than not (docs/learning.md).
 */
export const QUIET_SLACK = 1.5;
/** About as long. */
export const QUIET_LENGTH_SLACK = 1.5;

/** Both from `departureOf`. */
export function isAboutAsFar(departure: number, size: number | undefined): boolean {
  return size === undefined || (departure >= size / QUIET_SLACK && departure <= size * QUIET_SLACK);
}

/** An outage goes further than any value can, and about as far as another. */
export const OUTAGE_DEPARTURE = Number.MAX_VALUE;

/**
 * How far a value is from its baseline, in the unit of its statistic, >= 0; 0 where there is no value or no forecast. Not in
 * widths of the band: a pattern that comes again goes as far as before, while the band around it is a little wider or
 * narrower each time.
 */
export function departureOf({ rule, value, forecast }: Pick<Anomaly, 'rule' | 'value' | 'forecast'>): number {
  if (isOutage(rule)) return OUTAGE_DEPARTURE;
  return value === null || forecast === undefined ? 0 : Math.abs(value - forecast.baseline);
}

/** What people said of single series, for the filters to heed. */
export interface SaidOfSeries {
  readonly expectedOnce: readonly ExpectedOnce[];
  readonly quieted: readonly QuietedPattern[];
  /** Columns of which people said that they do not matter: their importance counts for a part. */
  readonly unimportant?: readonly string[];
}

export const NOTHING_SAID: SaidOfSeries = { expectedOnce: [], quieted: [] };

import { type SeriesKey, seriesName } from './series.ts';

/**
 * A column whose values go missing loses coverage by as much: both series tell one fault from its two sides, and what a person
 * says of the one is said of the other. Undefined where a series has no twin.
 */
export function twinOf(series: SeriesKey): SeriesKey | undefined {
  if (series.statistic === 'coverage') return { ...series, statistic: 'missing_rate' };
  if (series.statistic === 'missing_rate') return { ...series, statistic: 'coverage' };
  return undefined;
}

/** True for a series and itself, and for it and its twin. */
export function isSameOrTwin(one: SeriesKey, other: SeriesKey): boolean {
  const twin = twinOf(one);
  return [one, twin].some((series) => series !== undefined && seriesName(series) === seriesName(other));
}

/** A name of the series and the side that a value is on; the same for the other side of its twin. */
export function sideName(series: SeriesKey, isAbove: boolean): string {
  const twin = series.statistic === 'coverage' ? twinOf(series) : undefined;
  return twin === undefined ? `${seriesName(series)} ${isAbove}` : `${seriesName(twin)} ${!isAbove}`;
}

/** A series, and the side of its baseline that something is on. */
export interface Side {
  readonly series: SeriesKey;
  readonly isAbove: boolean;
}

/** True for the same side of a series, and for the other one of its twin. */
export function isSameSide(one: Side, other: Side): boolean {
  return sideName(one.series, one.isAbove) === sideName(other.series, other.isAbove);
}

import type { Direction } from './direction.ts';
import type { SeriesKey } from './series.ts';

/**
 * A column whose values go missing loses coverage by as much: both series tell one fault from its two sides, and what a person
 * says of the one is said of the other. Undefined where a series has no twin.
 */
export function twinOf(series: SeriesKey): SeriesKey | undefined {
  if (series.statistic === 'coverage') return { ...series, statistic: 'missing_rate' };
  if (series.statistic === 'missing_rate') return { ...series, statistic: 'coverage' };
  return undefined;
}

/** Towards the same news on the other side. */
export function turned(direction: Direction): Direction {
  if (direction === 'none') return 'none';
  return direction === 'up' ? 'down' : 'up';
}

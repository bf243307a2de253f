import { type Detection, isOutage } from './anomaly.ts';
import { kindOfStatistic, type StatisticKind } from './statistic-kind.ts';

/**
 * How far a value is from its baseline. Not in widths of the band: a pattern that comes again goes as far as before, while the
 * band around it is a little wider or narrower each time.
 */
export interface Departure {
  /** abs(value - baseline) in the unit of the statistic, >= 0; 0 where there is no value or no forecast. */
  readonly size: number;
  /**
   * Of a drop of what starts at 0: value / baseline, LEAST_LEFT at least. A drop can never be larger than its baseline, so the
   * size hardly tells half of the rows gone from all of them. Absent elsewhere.
   */
  readonly left?: number | undefined;
}

/**
 * About as far: from two thirds of what was voted on to half as far again. What goes further may be worse; what goes less far
 * on a series with large bursts is another thing, and more often real than not (docs/learning.md).
 */
export const QUIET_SLACK = 1.5;
/** A twentieth of what is usual is as good as nothing: below it, what is left is noise. */
const LEAST_LEFT = 0.05;
/** Shares and scores are read in points, and full coverage may come down to anything. */
const ARE_COUNTED_FROM_ZERO: ReadonlySet<StatisticKind> = new Set(['level', 'scale', 'count']);
/** An outage goes further than any value can, and about as far as another. */
export const OUTAGE_DEPARTURE = Number.MAX_VALUE;

export function departureOf({
  series,
  rule,
  value,
  forecast,
}: Pick<Detection, 'series' | 'rule' | 'value' | 'forecast'>): Departure {
  if (rule !== undefined && isOutage(rule)) return { size: OUTAGE_DEPARTURE };
  if (value === null || forecast === undefined) return { size: 0 };
  const { baseline } = forecast;
  const size = Math.abs(value - baseline);
  const isDrop = value >= 0 && value < baseline && ARE_COUNTED_FROM_ZERO.has(kindOfStatistic(series.statistic));
  return isDrop ? { size, left: Math.max(LEAST_LEFT, value / baseline) } : { size };
}

/** The same way; `voted` absent: nobody cares how far. */
export function isAboutAsFar(departure: Departure, voted: Departure | undefined): boolean {
  if (voted === undefined) return true;
  const { size } = departure;
  return size >= voted.size / QUIET_SLACK && size <= voted.size * QUIET_SLACK && !leavesLess(departure, voted.left);
}

/** True for a drop that leaves less than two thirds of what was left; false where one of them is none. */
export function leavesLess({ left }: Departure, votedLeft: number | undefined): boolean {
  return left !== undefined && votedLeft !== undefined && left < votedLeft / QUIET_SLACK;
}

/** From the least to the furthest of several. */
export interface Reach {
  readonly least: number;
  readonly most: number;
  /** Absent where one of them says nothing of what was left. */
  readonly left?: number | undefined;
}

/** Undefined where there is none, or one of them is not known. */
export function reachOf(departures: readonly (Departure | undefined)[]): Reach | undefined {
  const known = departures.flatMap((one) => one ?? []);
  if (known.length === 0 || known.length < departures.length) return undefined;
  const sizes = known.map(({ size }) => size);
  const lefts = known.flatMap(({ left }) => left ?? []);
  return {
    ...{ least: Math.min(...sizes), most: Math.max(...sizes) },
    ...(lefts.length === known.length && { left: Math.min(...lefts) }),
  };
}

/** About as far as one of them; true where one of both is not known. */
export function isWithinReach(departure: Departure | undefined, reach: Reach | undefined): boolean {
  if (departure === undefined || reach === undefined) return true;
  const { size } = departure;
  return size >= reach.least / QUIET_SLACK && size <= reach.most * QUIET_SLACK && !leavesLess(departure, reach.left);
}

import type { Detection, DetectionRule, Forecast } from './anomaly.ts';
import type { EpochMs, ModelId, MuteId, UserId } from './identifiers.ts';
import { type SeriesKey, seriesName } from './series.ts';
import type { SeriesScope } from './series-scope.ts';

/**
 * A person's word that nothing new is to be told for a while. Detection, filters and the ledger go on. Without `scope`
 * it is about the whole model; without `untilChange` it ends at `untilMs` and no sooner.
 */
export interface Mute {
  readonly modelId: ModelId;
  readonly by: UserId;
  readonly startMs: EpochMs;
  /** The end, at the latest. */
  readonly untilMs: EpochMs;
  readonly scope?: SeriesScope;
  /** Only these levels are muted, each until its series leaves it; a series that has none is told as ever. */
  readonly untilChange?: UntilChange;
  readonly reason?: string;
}

export interface StoredMute extends Mute {
  readonly id: MuteId;
  /** Ended before its time: by hand, or since every level has changed. */
  readonly endedAt?: EpochMs;
}

export interface UntilChange {
  /** Part of the muted departure from the baseline by which a value may still move. */
  readonly ratio: number;
  /** Levels that have not changed yet. */
  readonly levels: readonly MutedLevel[];
}

/** Where a series stood when it was muted. */
export interface MutedLevel {
  readonly series: SeriesKey;
  readonly value: number | null;
  readonly forecast?: Forecast;
  readonly rule: DetectionRule;
}

/** Half as far again, or half of the way back, is another story. */
export const CHANGE_RATIO = 0.5;
/** The longest mute that ends by itself on a change: one that nobody remembers ends after a quarter. */
export const LONGEST_UNTIL_CHANGE_MS = 90 * 86_400_000;

/**
 * True when a window shows a level that is no longer the muted one:
 *
 *   abs(value - muted value) > max(ratio * abs(muted value - muted baseline), (upper - lower) / 2)
 *
 * in the statistic's own unit. Half a width of the band is what a healthy series scatters by. The baseline is the one
 * of the time of the mute, so that a band that learns the level ends no mute. A fault without a value, such as a
 * column that is gone, changes with its rule or when it has a value again; a window that was not judged changes nothing.
 */
export function hasLeftLevel(level: MutedLevel, ratio: number, detection: Detection | undefined): boolean {
  if (detection === undefined) return false;
  if (level.value === null || level.forecast === undefined || level.rule !== 'band') {
    return detection.rule !== level.rule;
  }
  if (detection.rule !== undefined && detection.rule !== 'band') return true;
  if (detection.value === null) return false;
  const { baseline, lower, upper } = level.forecast;
  const reach = Math.max(ratio * Math.abs(level.value - baseline), Math.abs(upper - lower) / 2);
  return Math.abs(detection.value - level.value) > reach;
}

/** The mute's levels that still stand after a window. */
export function levelsAfter({ ratio, levels }: UntilChange, detections: readonly Detection[]): readonly MutedLevel[] {
  const judged = new Map(detections.map((detection) => [seriesName(detection.series), detection]));
  return levels.filter((level) => !hasLeftLevel(level, ratio, judged.get(seriesName(level.series))));
}

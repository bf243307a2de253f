import type { Departure } from './departure.ts';
import type { EpochMs, FindingId, MarkId, ModelId, ReportId, UserId } from './identifiers.ts';
import type { SeriesKey } from './series.ts';

export const markKinds = ['new_normal', 'expected_once', 'quieted', 'not_important'] as const;
/** What a vote does at once. */
export type MarkKind = (typeof markKinds)[number];

/** What a person said of a series, in force from the moment it was said until it is undone or expires. */
export interface SeriesMark {
  readonly id: MarkId;
  readonly modelId: ModelId;
  readonly series: SeriesKey;
  readonly kind: MarkKind;
  /** Half open: the windows that it is about; a new normal has no end. */
  readonly fromMs: EpochMs;
  readonly toMs?: EpochMs;
  /**
   * Of a quieted pattern: the side, and how far what was voted on had left its baseline; without a departure, however far
   * it goes.
   */
  readonly isAbove?: boolean;
  readonly departure?: Departure;
  readonly expiresAt?: EpochMs;
  /** Of a quieted pattern: end of the last window that it held; absent: none yet. */
  readonly lastHeldMs?: EpochMs;
  readonly by: UserId;
  readonly at: EpochMs;
  readonly reportId?: ReportId;
  readonly findingId?: FindingId;
}

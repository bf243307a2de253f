import type { Anomaly, DetectionRule, Forecast } from './anomaly.ts';
import type { FindingId } from './identifiers.ts';
import type { SeriesKey } from './series.ts';
import type { Window } from './window.ts';

/**
 * AlerTiger section 3.4: a spike is back within three windows, a level shift stays longer. Ours: a trend goes on moving
 * one way; a flatline is stuck where it always scattered; an outage broke a rule that needs no history; what went live
 * had nothing to tell before; a finding is developing while it is too young to say.
 */
export const patterns = ['spike', 'level shift', 'trend', 'flatline', 'outage', 'went live', 'developing'] as const;
export type Pattern = (typeof patterns)[number];

/** A run of anomalies of one series, of which at least one survived the filters. */
export interface Finding {
  readonly series: SeriesKey;
  readonly from: Window;
  readonly to: Window;
  /** Anomalous windows of the run, in time order; never empty. */
  readonly anomalies: readonly Anomaly[];
  /** The outage where there was one, else the anomaly that is furthest outside the band. */
  readonly worst: Anomaly;
  /** abs(value - baseline) / (upper - lower) of the worst window (AlerTiger section 3.3). */
  readonly severity: number;
  readonly pattern: Pattern;
  readonly rule: DetectionRule;
}

/** A finding that is worth telling and that people's words hold: it is tracked and not told. */
export interface HeldFinding extends Finding {
  readonly heldBy: FilterName;
  /** Who said so and why. */
  readonly note?: string;
}

export interface StoredFinding extends Finding {
  readonly id: FindingId;
}

/** Filters in their order; `duration waived` says of a rare anomaly that it need not wait. */
export const filterNames = [
  ...['direction', 'rows', 'change', 'relative change', 'importance'],
  ...['duration', 'duration waived', 'severity', 'rarity', 'concurrency', 'traffic', 'false discovery'],
  ...['expected event', 'deploy', 'expected once', 'quieted', 'mute'],
] as const;
export type FilterName = (typeof filterNames)[number];

/** The ledger's word for what no filter dropped and another series of the column tells in the same window. */
export const SAID_TWICE = 'said twice';

/** One line of the ledger: what a filter did with an anomaly, with the numbers it looked at. */
export interface LedgerEntry {
  readonly series: SeriesKey;
  readonly window: Window;
  readonly filter: string;
  readonly isKept: boolean;
  readonly measure: number;
  readonly threshold: number;
  readonly forecast?: Forecast;
  /** What the filter knows besides its numbers: who muted and why, the text of an event. */
  readonly note?: string;
}

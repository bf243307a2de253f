import type { SeriesKey } from './series.ts';
import type { Window } from './window.ts';

/** What stage 1 expects of one window of one series. */
export interface Forecast {
  readonly baseline: number;
  readonly lower: number;
  readonly upper: number;
}

/** `band`: both stages agreed. The others are the catastrophic path, which needs no history. */
export type DetectionRule = 'band' | 'all_missing' | 'all_default' | 'no_rows';

/** The detector's word on one window of one series. */
export interface Detection {
  readonly series: SeriesKey;
  readonly window: Window;
  readonly value: number | null;
  readonly rows: number;
  /** Absent where there is too little history. */
  readonly forecast?: Forecast;
  /** Stage 2: probability of an anomaly, 0..1. Absent where there is no forecast. */
  readonly score?: number;
  readonly isAnomaly: boolean;
  readonly rule?: DetectionRule;
}

/** A detection that is an anomaly, with what the filters need. */
export type Anomaly = Detection & { readonly isAnomaly: true; readonly rule: DetectionRule };

export function isAnomaly(detection: Detection): detection is Anomaly {
  return detection.isAnomaly && detection.rule !== undefined;
}

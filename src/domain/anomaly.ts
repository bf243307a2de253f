import type { SeriesKey } from './series.ts';
import type { Window } from './window.ts';

/** What stage 1 expects of one window of one series. */
export interface Forecast {
  readonly baseline: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * `band`: both stages agreed. `flat`: what always scattered holds one value. `slow_drift`: many windows, none of them rare,
 * on one side of their baselines. `common_mode`: most series of the model moved together. `collapsed`: most values of a
 * column, or rows of the model, are gone at once. The others are the catastrophic path, which needs no history. `no_rows`:
 * the source goes on after the window but has nothing in it; `late`: the source has stopped before it.
 */
export const detectionRules = [
  'band',
  'flat',
  'all_missing',
  'all_default',
  'no_rows',
  'late',
  'collapsed',
  'unreadable',
  'column_vanished',
  'type_changed',
  'column_new',
  'spelling_changed',
  'slow_drift',
  'common_mode',
] as const;
export type DetectionRule = (typeof detectionRules)[number];

/** Rules about a column as a whole: what is wrong with it cannot be seen in one of its numbers. */
export const columnRules = [
  'column_vanished',
  'type_changed',
  'unreadable',
  'column_new',
  'spelling_changed',
] as const satisfies readonly DetectionRule[];
export type ColumnRule = (typeof columnRules)[number];

export function isColumnRule(rule: DetectionRule): rule is ColumnRule {
  return columnRules.some((each) => each === rule);
}

/** True for what is new in the source and neither wrong nor out of its band. */
export function isNews(rule: DetectionRule): boolean {
  return rule === 'column_new' || rule === 'spelling_changed';
}

/** True for what broke; neither a value outside its band nor mere news. */
export function isOutage(rule: DetectionRule): boolean {
  return !isNews(rule) && !['band', 'slow_drift', 'common_mode'].includes(rule);
}

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
  /** Distance from the baseline in half widths of the band. Absent where the detector has no such measure. */
  readonly severity?: number;
  /** How often a healthy window of its kind is at least as severe, 0..1: what decided. Absent as `severity`. */
  readonly tail?: number;
  /** The tail as the detector shipped it, where what was seen since has corrected it. */
  readonly nominalTail?: number;
  /** ln of the detector's own evidence over what it asks, where what votes taught has changed the score or the tail. */
  readonly evidence?: number;
  readonly isAnomaly: boolean;
  readonly rule?: DetectionRule;
  /** What the rule saw, for people, where its name does not say it: `DOUBLE has become VARCHAR`; of a band, its holiday. */
  readonly note?: string;
}

/** A detection that is an anomaly, with what the filters need. */
export type Anomaly = Detection & { readonly isAnomaly: true; readonly rule: DetectionRule };

export function isAnomaly(detection: Detection): detection is Anomaly {
  return detection.isAnomaly && detection.rule !== undefined;
}

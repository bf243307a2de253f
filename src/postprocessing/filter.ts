import type { Anomaly, Detection } from '../domain/anomaly.ts';
import type { FilterName, Pattern } from '../domain/finding.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { DeclaredEvent } from '../domain/model.ts';
import type { StoredMute } from '../domain/mute.ts';
import { NOTHING_SAID, type SaidOfSeries } from '../domain/said.ts';
import type { FilterSettings } from './settings.ts';

/** What filters know of a model besides its detections. A value: the same context gives the same verdicts. */
export interface FilterContext extends SaidOfSeries {
  /** When the newest window is judged: mutes and quieted patterns hold by this instant, not by the window's. */
  readonly now: EpochMs;
  /** Those in force that are not of the whole model: whole models are silenced where messages leave. */
  readonly mutes: readonly StoredMute[];
  /** Those that overlap the windows, with deploys a few windows before them. */
  readonly events: readonly DeclaredEvent[];
  /** Importance 0..1 by column; columns that are not told are absent. */
  readonly importance: ReadonlyMap<string, number>;
  /** The model's share of its group's traffic in the newest window; null without a group. */
  readonly trafficRatio: number | null;
}

/** Nobody said anything and nothing is known: what `detect` and `evaluate` filter by. */
export const EMPTY_CONTEXT: FilterContext = {
  ...NOTHING_SAID,
  now: 0,
  mutes: [],
  events: [],
  importance: new Map(),
  trafficRatio: null,
};

/** What the other series of the model did in the same window. */
export interface WindowFacts {
  /** Anomalous series of features and scores, this one among them. */
  readonly anomalousSeries: number;
  /** Benjamini-Hochberg adjusted p of the series' column by `columnName`; absent where none has a tail probability. */
  readonly adjustedTails: ReadonlyMap<string, number>;
}

export const NO_WINDOW_FACTS: WindowFacts = { anomalousSeries: 1, adjustedTails: new Map() };

/** One anomaly with all that a filter may look at. */
export interface FilterInput {
  /** Its series in time order without gaps, up to the newest window that has landed. */
  readonly detections: readonly Detection[];
  /** Place of the anomaly in `detections`. */
  readonly index: number;
  readonly anomaly: Anomaly;
  /** Pattern of the run that the anomaly is part of. */
  readonly pattern: Pattern;
  readonly facts: WindowFacts;
  readonly context: FilterContext;
}

export interface FilterVerdict {
  readonly isKept: boolean;
  /** Finite, in the filter's own unit. */
  readonly measure: number;
  readonly threshold: number;
  readonly note?: string;
}

/**
 * `judgement`: the anomaly is not worth telling. `word`: people know of it; the finding is tracked and not told.
 */
export type FilterKind = 'judgement' | 'word';

/** One rule. Adding one: a file in `filters/`, a row in `filters/index.ts`; documents and `why` follow. */
export interface Filter {
  readonly name: FilterName;
  readonly kind: FilterKind;
  /** The catastrophic path needs no band and no second window. */
  readonly isSkippedByCatastrophe: boolean;
  /** For documents: what it asks, in one sentence. */
  readonly sentence: string;
  /** For documents: what it asks for unless the owner says otherwise. */
  readonly standard: string;
  /** For documents: why this and not another number. */
  readonly evidence: string;
  /** Undefined where the question has no meaning: then it is not in the ledger. */
  judge(input: FilterInput, settings: FilterSettings): FilterVerdict | undefined;
}

/** The form of most filters: kept when a measure reaches its threshold. */
export function atLeast(measure: number, threshold: number): FilterVerdict {
  return { isKept: measure >= threshold, measure, threshold };
}

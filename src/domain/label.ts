import type { WindowEvidence } from './correction.ts';
import type { EpochMs, LabelId, UserId } from './identifiers.ts';
import type { SeriesKey } from './series.ts';
import type { Verdict } from './vote.ts';
import type { Window } from './window.ts';

/** One judged window of which people say what it was. */
export interface LabelledWindow {
  /** Slug of the model. */
  readonly model: string;
  readonly series: SeriesKey;
  readonly window: Window;
  readonly isAbove: boolean;
  readonly seen: WindowEvidence;
}

/** A person who says otherwise than a label. */
export interface Dissent {
  readonly by: UserId;
  /** By so much the label counts for less, above 0. */
  readonly weight: number;
}

/** A window with the truth that people agreed on. */
export interface Label extends LabelledWindow {
  /** What belongs together and never stands on both sides of a split: a report, or what was said in one go. */
  readonly incident: string;
  readonly verdict: Verdict;
  /** True for what is true but nobody cares about: it teaches offsets, not what anomalies look like. */
  readonly isMatterOfTaste: boolean;
  /** True where an owner or two people agree: only then it may teach about more than its own series. */
  readonly isBroad: boolean;
  /** True for what a person named by hand: the rest was told first and voted on. */
  readonly isSaid?: boolean;
  /** Effective labels that it counts for. */
  readonly weight: number;
  /** Those who agree. */
  readonly by: readonly UserId[];
  /** Absent where nobody says otherwise. Kept, so that nobody's word counts twice where labels are brought together. */
  readonly dissent?: readonly Dissent[] | undefined;
  readonly at: EpochMs;
  /** When the newest word of it came into this database, where that is another instant than `at`. */
  readonly heardAt?: EpochMs;
}

/** Since when a label can have been learned from here: it may have been said long before it was brought along. */
export function heardAt(label: Pick<Label, 'at' | 'heardAt'>): EpochMs {
  return label.heardAt ?? label.at;
}

/** A label that a person said by hand: what was missed, or what was right. */
export interface SaidLabel {
  readonly series: SeriesKey;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly verdict: Verdict;
  readonly by: UserId;
  readonly at: EpochMs;
  readonly word?: string;
  readonly windows: readonly Omit<LabelledWindow, 'model' | 'series'>[];
}

export interface StoredLabel extends SaidLabel {
  readonly id: LabelId;
  readonly isMatterOfTaste: boolean;
  /** Of a label that was brought along: what it belongs to and counts for. */
  readonly incident?: string;
  readonly weight?: number;
  /** Of a label that was brought along: when it came into this database. */
  readonly heardAt?: EpochMs;
  readonly dissent?: readonly Dissent[] | undefined;
  /** Of one that was said here by hand: when it was taken back. */
  readonly takenBackAt?: EpochMs;
}

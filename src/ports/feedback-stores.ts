import type {
  CorrectionId,
  DetectorId,
  EpochMs,
  FindingId,
  LabelId,
  MarkId,
  ModelId,
  ReportId,
  UserId,
} from '../domain/identifiers.ts';
import type { SaidLabel, StoredLabel } from '../domain/label.ts';
import type { LearnedVersion } from '../domain/learned-version.ts';
import type { SeriesMark } from '../domain/series-mark.ts';
import type { Vote } from '../domain/vote.ts';

export interface VoteStore {
  /** One vote per person and subject: a later one replaces the earlier, and the change is kept in the audit. */
  put(vote: Vote): void;
  ofReport(reportId: ReportId): readonly Vote[];
  /** Votes on reports of a model, by time. */
  ofModel(modelId: ModelId): readonly Vote[];
  /** Who said what of which subject, of all models, by time: without what was judged, which is large. */
  spoken(): readonly Pick<Vote, 'reportId' | 'findingId' | 'by' | 'verdict' | 'reason'>[];
  count(): number;
}

/** What people said of single series, and what it does at once. */
export interface SeriesMarkStore {
  put(mark: Omit<SeriesMark, 'id'>): SeriesMark;
  /** In force at an instant, by when they were said. */
  active(modelId: ModelId, at: EpochMs): readonly SeriesMark[];
  /** Not undone, whether or not they have expired. */
  ofReport(reportId: ReportId): readonly SeriesMark[];
  /** Undefined when it was undone before, or never was. */
  undo(id: MarkId, by: UserId, at: EpochMs): SeriesMark | undefined;
  /** True when the person, or the bot, marked the finding at any time, also where that is undone or has expired. */
  wasPut(findingId: FindingId, by: UserId): boolean;
  /** Moves the instant at which it expires. */
  renew(id: MarkId, held: Required<Pick<SeriesMark, 'lastHeldMs' | 'expiresAt'>>): void;
}

/** Labels that were said by hand or brought along; those made of votes are resolved anew each time. */
export interface LabelStore {
  /** What the same person said of the same windows before is replaced. */
  put(
    modelId: ModelId,
    label: SaidLabel & Partial<Pick<StoredLabel, 'isMatterOfTaste' | 'incident' | 'weight' | 'dissent' | 'heardAt'>>,
  ): LabelId;
  /** By time. What was said by hand is among them where it was taken back, too: `standingLabels` tells what counts. */
  of(modelId: ModelId): readonly StoredLabel[];
  /** False when it was undone before, or never was. */
  undo(id: LabelId, at: EpochMs): boolean;
}

/** Versions of what a detector has learned. */
export interface CorrectionStore {
  /** Without a report it is number 0. One that is active retires the one before it, in the same transaction. */
  add(
    detectorId: DetectorId,
    version: Pick<LearnedVersion, 'correction' | 'report' | 'state' | 'madeAt' | 'by'>,
  ): LearnedVersion;
  /** The newest first; damaged ones are left out. */
  list(detectorId: DetectorId): readonly LearnedVersion[];
  /** Numbers of those whose weights do not match their checksum. */
  damaged(detectorId: DetectorId): readonly number[];
  /**
   * The active one, or the last good one before it where its weights are damaged: then `refused` names it. Undefined while
   * nothing was learned.
   */
  inForce(detectorId: DetectorId): { readonly version?: LearnedVersion; readonly refused?: number } | undefined;
  /** Undefined when it is damaged or never was. `leaving`: what becomes of the one in force. */
  activate(
    id: CorrectionId,
    change: { readonly by: UserId; readonly at: EpochMs; readonly leaving: 'retired' | 'rolled_back' },
  ): LearnedVersion | undefined;
  pin(id: CorrectionId, isPinned: boolean): void;
}

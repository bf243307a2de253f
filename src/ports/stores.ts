import type { Anomaly, Detection } from '../domain/anomaly.ts';
import type { Calibration } from '../domain/calibration.ts';
import type { Column, LeftOutColumn } from '../domain/column.ts';
import type { DetectorManifest, StoredDetector } from '../domain/detector.ts';
import type { DigestPlan, StoredDigestPlan } from '../domain/digest-plan.ts';
import type { AlertBudget, FilterOverrides } from '../domain/filter-settings.ts';
import type { Finding, LedgerEntry } from '../domain/finding.ts';
import type { DetectorId, EpochMs, FindingId, ModelId, MuteId, ReportId, UserId } from '../domain/identifiers.ts';
import type { LandingState, WindowLook } from '../domain/landing.ts';
import type { DeclaredEvent, EventKind, Model, ModelSettings } from '../domain/model.ts';
import type { Mute, MutedLevel, StoredMute } from '../domain/mute.ts';
import type { Reference, ReferenceColumn } from '../domain/profile.ts';
import type { Extent, PostedMessage, Report, ReportEnding, ReportState, SeverityWord } from '../domain/report.ts';
import type { Series, SeriesKey } from '../domain/series.ts';
import type { ColumnState, ColumnStatistics, SeriesStatistic } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import type { CorrectionStore, LabelStore, SeriesMarkStore, VoteStore } from './feedback-stores.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { RunStore } from './run-store.ts';

export type { CorrectionStore, LabelStore, SeriesMarkStore, VoteStore } from './feedback-stores.ts';
export type { OutboxEntry, OutboxMail, OutboxStore } from './outbox-store.ts';
export type { Run, RunOutcome, RunStore } from './run-store.ts';

/** Stores are synchronous: one SQLite file in the same process. `transaction` nests. */
export interface Transactions {
  transaction<T>(work: () => T): T;
}

export interface ModelStore {
  /** Throws `model.exists`. */
  insert(settings: ModelSettings, by: UserId, at: EpochMs): Model;
  /** Replaces the settings of a model that is still at the revision; undefined when it is not, or is retired. */
  update(id: ModelId, settings: ModelSettings, revision: number): Model | undefined;
  /** False when it is retired already. */
  retire(id: ModelId, at: EpochMs): boolean;
  /** Removes statistics, detections, ledger, looks and references; reports, votes and mutes stay. */
  forgetHistory(id: ModelId): void;
  bySlug(slug: string): Model | undefined;
  byId(id: ModelId): Model | undefined;
  /** Registered and not retired, by slug. */
  list(): readonly Model[];
  putColumns(modelId: ModelId, columns: readonly Column[], leftOut: readonly LeftOutColumn[]): void;
  columns(modelId: ModelId): readonly Column[];
  /** Those that came later included. */
  leftOut(modelId: ModelId): readonly LeftOutColumn[];
  /** Columns that were not in the source when the columns were put, and are known and left out since. */
  newColumns(modelId: ModelId): readonly LeftOutColumn[];
  putNewColumns(modelId: ModelId, columns: readonly LeftOutColumn[]): void;
  /** Replaces the importance of all watched columns, by name: those that are not named have none from then on. */
  setImportance(modelId: ModelId, importance: Readonly<Record<string, number>>): void;
  /** Replaces the filter settings of the owner: `{}` leaves those of the detector. */
  setFilters(modelId: ModelId, filters: FilterOverrides): void;
  /** Undefined: no budget any more. */
  setBudget(modelId: ModelId, budget: AlertBudget | undefined): void;
}

export interface MuteStore {
  put(mute: Mute): MuteId;
  byId(id: MuteId): StoredMute | undefined;
  /** The mute of the whole model in force at an instant: the one that lasts longest. */
  active(modelId: ModelId, at: EpochMs): StoredMute | undefined;
  /** All mutes in force at an instant, those of single series too, in the order they were put. */
  inForce(modelId: ModelId, at: EpochMs): readonly StoredMute[];
  /** Mutes that ended within (fromMs, toMs], by themselves or by hand, in the order of their ends. */
  ended(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs): readonly StoredMute[];
  /** When the whole model was muted, within [fromMs, toMs): half open, cut where a mute was ended before its time. */
  spans(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs): readonly Pick<Mute, 'startMs' | 'untilMs'>[];
  /** Ends those of the named mutes that are in force, or all; the number ended. */
  end(modelId: ModelId, at: EpochMs, ids?: readonly MuteId[]): number;
  /** The levels of a mute until it changes that still stand. */
  setLevels(id: MuteId, levels: readonly MutedLevel[]): void;
}

export interface EventStore {
  put(event: DeclaredEvent): void;
  /** Those of the kind that begin at the instant; the number of them. */
  remove(modelId: ModelId, of: Pick<DeclaredEvent, 'kind' | 'startMs'>): number;
  /** All of the kind. */
  removeAll(modelId: ModelId, kind: EventKind): void;
  overlapping(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs): readonly DeclaredEvent[];
}

export interface StatisticsStore {
  /** Replaces all rows of the given windows of the model in one transaction. */
  replaceWindows(modelId: ModelId, windows: readonly Window[], rows: readonly ColumnStatistics[]): void;
  /** Points with window start in [fromMs, toMs), ascending; one series per key, empty where nothing is stored. */
  series(modelId: ModelId, keys: readonly SeriesKey[], fromMs: EpochMs, toMs: EpochMs): readonly Series[];
  /** Everything stored of one window. */
  window(modelId: ModelId, window: Window): readonly ColumnStatistics[];
  /** Segments with a row of any column in one window, all traffic among them, in no order. */
  windowSegments(modelId: ModelId, window: Window): readonly string[];
  /** Everything stored of one column in one segment, in windows with start in [fromMs, toMs), ascending. */
  column(
    modelId: ModelId,
    of: { readonly column: string; readonly segment: string; readonly fromMs: EpochMs; readonly toMs: EpochMs },
  ): readonly ColumnStatistics[];
  /** What was wrong with some columns over all traffic, in windows with start in [fromMs, toMs). */
  states(modelId: ModelId, columns: readonly string[], fromMs: EpochMs, toMs: EpochMs): readonly ColumnState[];
  /** Starts of the windows that have statistics, ascending. */
  windowStarts(modelId: ModelId): readonly EpochMs[];
  /**
   * Segments with rows in windows with start in [fromMs, toMs), those of the newest window first and the larger before
   * the smaller; all traffic aside.
   */
  segments(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs): readonly string[];
  /** Start of the first window that has statistics; undefined while there is none. */
  firstWindowStart(modelId: ModelId): EpochMs | undefined;
  /** Sets the traffic ratio of windows that are stored, over all traffic, and nothing else. */
  putTrafficRatios(
    modelId: ModelId,
    ratios: readonly { readonly window: Window; readonly ratio: number | null }[],
  ): void;
  /** References of the model, the oldest first. */
  references(modelId: ModelId): readonly Reference[];
  /** Columns of one reference. */
  referenceColumns(modelId: ModelId, version: number): readonly ReferenceColumn[];
  /** One column of one reference. */
  referenceColumn(modelId: ModelId, version: number, column: string): ReferenceColumn | undefined;
  /** Keeps a reference and its columns; one of the same version is replaced. */
  putReference(modelId: ModelId, reference: Reference, columns: readonly ReferenceColumn[]): void;
}

export interface LookStore {
  /** Keeps what was seen of a window; an earlier look at it is replaced. */
  put(modelId: ModelId, looks: readonly WindowLook[]): void;
  /** Looks at windows with start in [fromMs, toMs), ascending; of some states only where they are named. */
  between(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs, states?: readonly LandingState[]): readonly WindowLook[];
}

export interface DetectionStore {
  /** Replaces the detections of one window of the model. */
  replaceWindow(modelId: ModelId, window: Window, detections: readonly Detection[], detector: string): void;
  /** Detections of all series with window start in [fromMs, toMs), by series, then time. */
  between(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs): readonly Detection[];
  /** Those of `between` that are anomalies, in no order. */
  anomalies(modelId: ModelId, fromMs: EpochMs, toMs: EpochMs): readonly Anomaly[];
  /** Starts of the windows, within [fromMs, toMs), in which any series of a column in a segment was anomalous. */
  anomalousStarts(
    modelId: ModelId,
    of: { readonly column: string; readonly segment: string; readonly fromMs: EpochMs; readonly toMs: EpochMs },
  ): ReadonlySet<EpochMs>;
  /** Detections of some series only, for charts. */
  ofSeries(modelId: ModelId, keys: readonly SeriesKey[], fromMs: EpochMs, toMs: EpochMs): readonly Detection[];
  /** Judgements of one column by one detector, with window start in [fromMs, toMs), that have a tail probability. */
  tails(
    modelId: ModelId,
    of: { readonly column: string; readonly detector: string; readonly fromMs: EpochMs; readonly toMs: EpochMs },
  ): readonly JudgedTail[];
}

/** How rare one window of one series was. */
export interface JudgedTail {
  readonly segment: string;
  readonly statistic: SeriesStatistic;
  readonly windowStartMs: EpochMs;
  /** As it decided. */
  readonly tail: number;
  /** As the detector gave it. */
  readonly nominalTail: number;
  readonly isAnomaly: boolean;
}

export interface LedgerStore {
  replaceWindow(modelId: ModelId, window: Window, entries: readonly LedgerEntry[]): void;
  window(modelId: ModelId, window: Window): readonly LedgerEntry[];
}

export interface ReportChart {
  /** Slack's id of the uploaded file. */
  readonly fileId: string;
  readonly altText: string;
  /** Digest of the chart request: an equal one needs no new picture. */
  readonly digest: string;
}

/** A reply that is kept up to date. */
export interface ReportReply {
  readonly ts: string;
  /** Digest of what it shows: an equal one needs no edit. */
  readonly digest: string;
}

/** Where an incident stands after a window. */
export type ReportProgress = Pick<Report, 'judged' | 'outSeries' | 'peak' | 'told' | 'normalAskedMs'>;

export interface ReportStore {
  /** The report of the model that is not resolved, if any. */
  open(modelId: ModelId): Report | undefined;
  byId(id: ReportId): Report | undefined;
  latest(modelId: ModelId): Report | undefined;
  list(modelId: ModelId): readonly Report[];
  insert(report: {
    readonly modelId: ModelId;
    readonly severity: SeverityWord;
    readonly opened: Window;
    readonly findings: readonly Finding[];
    /** Absent: nothing is out. */
    readonly extent?: Extent;
  }): Report;
  /** New findings, severity and latest window; the revision grows only when something differs. */
  develop(
    id: ReportId,
    change: {
      readonly latest: Window;
      readonly severity: SeverityWord;
      readonly findings: readonly Finding[];
      /** Absent: as it was. */
      readonly progress?: ReportProgress;
    },
  ): Report;
  /** Moves the state only from one of `from`; undefined when somebody came first. */
  move(
    id: ReportId,
    from: readonly ReportState[],
    to: {
      readonly state: ReportState;
      readonly by?: UserId;
      readonly at: EpochMs;
      readonly window?: Window;
      readonly ending?: ReportEnding;
    },
  ): Report | undefined;
  /** Makes people see the report anew without any change of state, such as after a vote. */
  touch(id: ReportId): Report;
  posted(id: ReportId): PostedMessage | undefined;
  setPosted(id: ReportId, posted: PostedMessage): void;
  /** The message is gone from the chat, and its picture and its thread with it. */
  forgetPosted(id: ReportId): void;
  byPosted(posted: PostedMessage): Report | undefined;
  /** The report that a finding is of. */
  byFinding(id: FindingId): Report | undefined;
  /** The picture that stands in the message, so that an edit keeps it. */
  chart(id: ReportId): ReportChart | undefined;
  setChart(id: ReportId, chart: ReportChart): void;
  /** What stands in the thread of the report's message, by its place there. */
  replies(id: ReportId): ReadonlyMap<string, ReportReply>;
  setReply(id: ReportId, slot: string, reply: ReportReply): void;
}

export interface DetectorStore {
  put(manifest: DetectorManifest, folder: string, at: EpochMs): StoredDetector;
  active(): StoredDetector | undefined;
}

export interface CalibrationStore {
  /** Replaces all of a detector's, in one transaction. */
  replace(detectorId: DetectorId, calibrations: readonly Calibration[]): void;
  /** By granularity, then kind. */
  of(detectorId: DetectorId): readonly Calibration[];
}

export interface AuditEntry {
  readonly at: EpochMs;
  readonly by: UserId;
  readonly action: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface AuditStore {
  add(entry: AuditEntry): void;
  of(subject: string): readonly AuditEntry[];
  /**
   * The newest first; of one subject, of one model and its reports, of one person or action, or from an instant on, only
   * where it is named.
   */
  newest(
    limit: number,
    of?: {
      readonly subject?: string;
      readonly model?: Pick<Model, 'id' | 'slug'>;
      readonly by?: UserId;
      readonly action?: string;
      readonly sinceMs?: EpochMs;
    },
  ): readonly AuditEntry[];
}

/** What people have filled in and not confirmed yet; kept for a day, and only for who wrote it. */
export interface FormDraftStore {
  put(by: UserId, body: unknown, at: EpochMs): number;
  read(id: number, by: UserId): unknown;
  /** Of one that is gone nothing is kept. */
  change(id: number, by: UserId, body: unknown): void;
  /** Reads and removes it, so that of two confirmations at once one has it; undefined for the other. */
  take(id: number, by: UserId): unknown;
}

export interface InteractionStore {
  /** True the first time a key is seen; false for a repeat of the same envelope, event or press. */
  claim(key: string, at: EpochMs): boolean;
  prune(before: EpochMs): number;
}

/** When and where the week of a channel's models is told, for the channels where somebody has said so. */
export interface DigestPlanStore {
  of(channel: string): StoredDigestPlan | undefined;
  put(channel: string, plan: DigestPlan): void;
}

/** Reports, findings, votes, labels, audit and the references that still serve are kept for ever. */
export type PrunedTable =
  | 'statistics'
  | 'detections'
  | 'ledger'
  | 'window_looks'
  | 'statistic_references'
  | 'runs'
  | 'interactions';

export interface RetentionStore {
  /**
   * Removes what is older than an instant, step by step: each step is a transaction of about so many rows and says what it
   * removed. What is under way stays.
   */
  prune(bounds: {
    readonly beforeMs: EpochMs;
    readonly rowsPerSlice: number;
  }): Iterable<{ readonly table: PrunedTable; readonly rows: number }>;
}

export interface Stores extends Transactions {
  readonly models: ModelStore;
  readonly mutes: MuteStore;
  readonly events: EventStore;
  readonly statistics: StatisticsStore;
  readonly looks: LookStore;
  readonly detections: DetectionStore;
  readonly ledger: LedgerStore;
  readonly reports: ReportStore;
  readonly votes: VoteStore;
  readonly detectors: DetectorStore;
  readonly calibrations: CalibrationStore;
  readonly seriesMarks: SeriesMarkStore;
  readonly labels: LabelStore;
  readonly corrections: CorrectionStore;
  readonly runs: RunStore;
  readonly outbox: OutboxStore;
  readonly audit: AuditStore;
  readonly formDrafts: FormDraftStore;
  readonly digestPlans: DigestPlanStore;
  readonly interactions: InteractionStore;
  readonly retention: RetentionStore;
}

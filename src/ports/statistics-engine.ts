import type { LeftOutColumn } from '../domain/column.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Source } from '../domain/model.ts';
import type {
  Bins,
  ColumnAggregate,
  FutureRows,
  ProfilePlan,
  ReferenceProfile,
  SourceColumn,
  SourceDescription,
  TimeRange,
  TypedColumn,
} from '../domain/profile.ts';
import type { Window } from '../domain/window.ts';
import type { Progress } from './progress.ts';

/** Where statistics are computed. Only aggregates leave it, but for small tables about the features themselves. */
export interface StatisticsEngine {
  /** Columns with types, and a sample's counts. Throws `source.*` errors. */
  describe(source: Source, signal?: AbortSignal): Promise<SourceDescription>;
  /** The first rows of a small table: cells of the given columns as text, null where there is none. Throws `source.*`. */
  readRows(
    source: Source,
    columns: readonly string[],
    options: { readonly mostRows: number; readonly signal?: AbortSignal },
  ): Promise<readonly (readonly (string | null)[])[]>;
  /**
   * First and last instant of the time column; with `latestMs` those of rows that are not later. Throws
   * `source.column_missing`, `source.time_unusable`, also where all rows are later, `source.empty`.
   */
  timeRange(
    plan: ProfilePlan,
    options?: { readonly latestMs?: EpochMs; readonly signal?: AbortSignal | undefined },
  ): Promise<TimeRange>;
  /**
   * One aggregate per window, segment and column, plus one with role `traffic` per window and segment. Windows
   * without a row give a `traffic` aggregate of 0 rows and no columns. An error on one column is a problem on it.
   * With a segment column there are aggregates for all traffic and for each segment.
   */
  profile(
    plan: ProfilePlan,
    windows: readonly Window[],
    options?: { readonly signal?: AbortSignal; readonly progress?: Progress },
  ): Promise<readonly ColumnAggregate[]>;
  /** The same for several requests within the span of `windows`: the source is opened once, and a text parsed once. */
  open<T>(
    plan: ProfilePlan,
    windows: readonly Window[],
    options: { readonly signal?: AbortSignal; readonly work: (opened: OpenedProfile) => Promise<T> },
  ): Promise<T>;
}

/** A source that is open for profiles of one plan. */
export interface OpenedProfile {
  /** Columns of the source as it is now, in its order. */
  readonly columns: readonly TypedColumn[];
  /** Columns of those files that hold the rows of a window. Absent: the source is one file. */
  columnsIn?(window: Window): Promise<readonly TypedColumn[]>;
  /** As `profile` of the engine; `bins` by column, whose categories come before those of the plan. */
  profile(
    windows: readonly Window[],
    options?: {
      readonly bins?: Readonly<Record<string, Bins>>;
      readonly referenceCategories?: Readonly<Record<string, readonly string[]>>;
      /** Segments that keep a place of their own before larger ones get one, so that series have no gaps. */
      readonly segments?: readonly string[];
      readonly progress?: Progress;
    },
  ): Promise<readonly ColumnAggregate[]>;
  /**
   * Bins of all columns and how the rows of all the windows together fall into them, over all traffic. Columns that
   * cannot be read are absent; `windows` is the number of those that have rows.
   */
  reference(
    windows: readonly Window[],
  ): Promise<{ readonly windows: number; readonly columns: readonly ReferenceProfile[] }>;
}

export type {
  Bins,
  ColumnAggregate,
  FutureRows,
  LeftOutColumn,
  ProfilePlan,
  ReferenceProfile,
  SourceColumn,
  SourceDescription,
  TimeRange,
};

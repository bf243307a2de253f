import type { LeftOutColumn } from '../domain/column.ts';
import type { Source } from '../domain/model.ts';
import type { ColumnAggregate, ProfilePlan, SourceColumn, SourceDescription, TimeRange } from '../domain/profile.ts';
import type { Window } from '../domain/window.ts';
import type { Progress } from './progress.ts';

/** Where statistics are computed. Only aggregates leave it. */
export interface StatisticsEngine {
  /** Columns with types, and a sample's counts. Throws `source.*` errors. */
  describe(source: Source, signal?: AbortSignal): Promise<SourceDescription>;
  /** First and last instant of the time column. Throws `source.column_missing`, `source.time_unusable`, `source.empty`. */
  timeRange(plan: ProfilePlan, signal?: AbortSignal): Promise<TimeRange>;
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
}

export type { ColumnAggregate, LeftOutColumn, ProfilePlan, SourceColumn, SourceDescription, TimeRange };

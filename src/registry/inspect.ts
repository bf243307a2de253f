import type { Column, LeftOutColumn } from '../domain/column.ts';
import { latestOfNow } from '../domain/future.ts';
import type { ModelSettings, Source, TableDescription } from '../domain/model.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProfilePlan, SourceDescription, StatisticsEngine, TimeRange } from '../ports/statistics-engine.ts';

export interface InspectDeps {
  readonly engine: Pick<StatisticsEngine, 'describe' | 'timeRange'>;
  /** Rows of its future are in no window. */
  readonly clock: Pick<Clock, 'now'>;
  /** Decides which columns are watched, as what. Throws `source.column_missing`. */
  readonly plan: (table: TableDescription, description: SourceDescription) => PlannedTable;
  /** Shares of the watched features, and names that are not watched. Throws `importance.invalid`, `source.*`. */
  readonly importance: (
    source: Source,
    columns: readonly Column[],
    signal?: AbortSignal,
  ) => Promise<{ readonly shares: Readonly<Record<string, number>>; readonly passedOver: readonly string[] }>;
}

export interface PlannedTable {
  readonly plan: ProfilePlan;
  readonly columns: readonly Column[];
  readonly leftOut: readonly LeftOutColumn[];
  /** Why each watched column is taken for its kind. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** What a source holds, as a model would watch it. */
export interface Inspection extends PlannedTable {
  /** Names in the table of importance that are not watched; absent without such a table. */
  readonly importancePassedOver?: readonly string[];
  readonly rows: number;
  readonly range: TimeRange;
}

/** What was looked at and can be written now, in a transaction that may be a part of a larger one. */
export interface Prepared<T> {
  /** Absent where the source did not have to be looked at. */
  readonly inspection?: Inspection;
  commit(): T;
}

/** Looks at a source without keeping anything. Throws `source.*`, `importance.invalid`. */
export async function inspectSource(
  deps: InspectDeps,
  settings: TableDescription & Pick<ModelSettings, 'importanceSource' | 'latenessMinutes'>,
  signal?: AbortSignal,
): Promise<Inspection> {
  const { engine } = deps;
  const description = await engine.describe(settings.source, signal);
  const { plan, columns: planned, leftOut, reasons } = deps.plan(settings, description);
  const told = settings.importanceSource && (await deps.importance(settings.importanceSource, planned, signal));
  const columns = told === undefined ? planned : planned.map((column) => withImportance(column, told.shares));
  const latestMs = latestOfNow(deps.clock.now(), settings.latenessMinutes);
  const range = await engine.timeRange(plan, { latestMs, signal });
  return {
    ...{ plan, columns, leftOut, reasons, rows: description.rows, range },
    ...(told === undefined ? {} : { importancePassedOver: told.passedOver }),
  };
}

function withImportance(column: Column, shares: Readonly<Record<string, number>>): Column {
  const importance = Object.hasOwn(shares, column.name) ? shares[column.name] : undefined;
  return importance === undefined || column.role !== 'feature' ? column : { ...column, importance };
}

import type { LeftOutColumn } from '../domain/column.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { ColumnAggregate, ProfilePlan, Reference, ReferenceColumn } from '../domain/profile.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import { type Window, windowAt } from '../domain/window.ts';
import type { Progress } from '../ports/progress.ts';
import type { OpenedProfile, StatisticsEngine } from '../ports/statistics-engine.ts';
import { compareWithReference } from './compare.ts';
import { deriveStatistics } from './derive.ts';
import { referenceColumn } from './histogram.ts';
import {
  isWorthOpening,
  lookAtSchema,
  newestWithRows,
  type SchemaFindings,
  type SchemaHistory,
} from './look-at-schema.ts';
import { fewestWindows, referenceStep, searchedMs } from './reference-schedule.ts';

/**
 * How long a segment without rows keeps its place: a week, so that one that rests on weekends is not replaced, and one
 * that has lost its traffic is seen to have none for as many windows as it takes to be reported.
 */
const SEGMENT_MEMORY_MS = 7 * 86_400_000;

/** What was computed before, and where to keep what is computed now. */
export interface StatisticsHistory {
  references(): readonly Reference[];
  referenceColumns(version: number): readonly ReferenceColumn[];
  putReference(reference: Reference, columns: readonly ReferenceColumn[]): void;
  /** Starts of windows in [fromMs, toMs) that have rows and are free of anomalies, ascending. */
  healthy(fromMs: EpochMs, toMs: EpochMs): readonly EpochMs[];
  /** The categories that windows before `toMs` were counted by. */
  categories(toMs: EpochMs): Readonly<Record<string, readonly string[]>>;
  /**
   * Segments with rows in windows with start in [fromMs, toMs), those of the newest window first and the larger before
   * the smaller; all traffic aside.
   */
  segments(fromMs: EpochMs, toMs: EpochMs): readonly string[];
  /** What the columns of the source are held against; absent: nothing. */
  readonly schema?: SchemaHistory;
  /** `added`: columns that are known from now on; some of the rows may be theirs. */
  put(windows: readonly Window[], rows: readonly ColumnStatistics[], added: readonly LeftOutColumn[]): void;
  /** Waited for after each `put`, before the next reference is decided on. */
  settle?(): Promise<void>;
}

export interface ProfileWindowsInput {
  readonly plan: ProfilePlan;
  /** In time order. */
  readonly windows: readonly Window[];
  readonly nowMs: EpochMs;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

/**
 * Statistics of windows in time order, with their distances from the reference of their time. Whenever a new reference
 * is due it is built first; what is done until then is kept, so that a run that is cut short goes on from there.
 */
export async function profileWindows(
  deps: { readonly engine: Pick<StatisticsEngine, 'open'>; readonly history: StatisticsHistory },
  input: ProfileWindowsInput,
): Promise<void> {
  const { plan, windows } = input;
  const [first] = windows;
  if (first === undefined) return;
  await deps.engine.open(plan, [...searchedBefore(input, first, deps.history), ...windows], {
    ...(input.signal === undefined ? {} : { signal: input.signal }),
    work: (opened) => profileOpened(opened, deps.history, input),
  });
}

async function profileOpened(
  opened: OpenedProfile,
  history: StatisticsHistory,
  input: ProfileWindowsInput,
): Promise<void> {
  const { plan, windows } = input;
  let done = 0;
  for (let window = windows[done]; window !== undefined; window = windows[done]) {
    const step = stepAt(window, plan, history);
    const reference = (await build(opened, history, { ...input, window, starts: step.build })) ?? step.current;
    const batch = batchFrom(windows, done, { plan, count: step.windows });
    const columns = reference === undefined ? [] : history.referenceColumns(reference.version);
    const progress: Progress = (part, total, text) =>
      input.progress?.(done + (batch.length * part) / total, windows.length, text);
    const aggregates = await opened.profile(batch, {
      progress,
      bins: Object.fromEntries(columns.map(({ column, bins }) => [column, bins])),
      referenceCategories: storedCategories(plan, columns, () => history.categories(batch.at(-1)?.endMs ?? 0)),
      ...(plan.segmentColumn === undefined ? {} : { segments: storedSegments(batch, history) }),
    });
    done += batch.length;
    const rows = compared(aggregates, columns, reference);
    const found = await lookAt(opened, rows, { history, plan, isNewest: done === windows.length });
    history.put(batch, found.rows, found.added);
    await history.settle?.();
  }
}

function stepAt({ startMs }: Window, { granularity }: ProfilePlan, history: StatisticsHistory) {
  const healthy = history.healthy(startMs - searchedMs(granularity), startMs);
  return referenceStep(startMs, healthy, { references: history.references(), granularity });
}

/** Undefined when none is due, or when the source no longer has the rows for it. */
async function build(
  opened: OpenedProfile,
  history: StatisticsHistory,
  of: ProfileWindowsInput & { readonly window: Window; readonly starts: readonly EpochMs[] | undefined },
): Promise<Reference | undefined> {
  const { plan, starts } = of;
  if (starts === undefined) return undefined;
  const found = await opened.reference(starts.map((startMs) => windowAt(startMs, plan.zone, plan.granularity)));
  const columns = found.columns.flatMap((profile) => referenceColumn(profile) ?? []);
  if (found.windows < fewestWindows(plan.granularity) || columns.length === 0) return undefined;
  const version = (history.references().at(-1)?.version ?? 0) + 1;
  const reference = { version, builtAt: of.nowMs, appliesFromMs: of.window.startMs, windows: starts.length };
  history.putReference(reference, columns);
  return reference;
}

/** Where each file has columns of its own, those of the newest window's are asked for when they could explain something. */
async function lookAt(
  opened: OpenedProfile,
  rows: readonly ColumnStatistics[],
  of: { readonly history: StatisticsHistory; readonly plan: ProfilePlan; readonly isNewest: boolean },
): Promise<SchemaFindings> {
  const { schema } = of.history;
  if (schema === undefined) return { rows, added: [] };
  const { columns, columnsIn } = opened;
  const newest = of.isNewest ? newestWithRows(rows, schema.sinceMs) : undefined;
  const isMany = columnsIn !== undefined;
  const look = { schema, rows, columns, isMany, newest, labelColumn: of.plan.labelColumn };
  if (!isMany || newest === undefined || !isWorthOpening(look)) return lookAtSchema(look);
  return lookAtSchema({ ...look, inNewest: await columnsIn(newest) });
}

/** Windows that share a reference: as many as the step says, as long as they follow one another without a long gap. */
function batchFrom(
  windows: readonly Window[],
  from: number,
  of: { readonly plan: ProfilePlan; readonly count: number },
): readonly Window[] {
  const first = windows[from];
  const span = of.count * (of.plan.granularity === 'day' ? 86_400_000 : 3_600_000);
  const batch = windows.slice(from, from + of.count);
  // Half a window of grace: days of 23 and 25 hours.
  const last = (first?.startMs ?? 0) + span - span / of.count / 2;
  return batch.filter((window, i) => i === 0 || window.startMs < last);
}

/** Read only when a column needs them: those of a reference come with it. */
function storedCategories(
  plan: ProfilePlan,
  columns: readonly ReferenceColumn[],
  read: () => ReturnType<StatisticsHistory['categories']>,
): Readonly<Record<string, readonly string[]>> {
  const known = new Set(columns.map(({ column }) => column));
  return plan.columns.some(({ name, kind }) => kind === 'categorical' && !known.has(name)) ? read() : {};
}

/** Those of the batch itself too: computed again, it is split as it was the first time. */
function storedSegments(batch: readonly Window[], history: StatisticsHistory): readonly string[] {
  const fromMs = (batch[0]?.startMs ?? 0) - SEGMENT_MEMORY_MS;
  return history.segments(fromMs, batch.at(-1)?.endMs ?? fromMs);
}

function compared(
  aggregates: readonly ColumnAggregate[],
  columns: readonly ReferenceColumn[],
  reference: Reference | undefined,
): ColumnStatistics[] {
  const byName = new Map(columns.map((column) => [column.column, column]));
  return aggregates.map((aggregate) => {
    const row = deriveStatistics(aggregate);
    const column =
      aggregate.segment === ALL_TRAFFIC && aggregate.role !== 'traffic' ? byName.get(aggregate.column) : undefined;
    if (column === undefined || reference === undefined) return row;
    return compareWithReference(row, aggregate, { version: reference.version, column });
  });
}

/** The oldest window that a reference may have to be built of; it only widens what is opened. */
function searchedBefore(input: ProfileWindowsInput, first: Window, history: StatisticsHistory): readonly Window[] {
  const { zone, granularity } = input.plan;
  const step = stepAt(first, input.plan, history);
  if (step.build === undefined && input.windows.length <= step.windows) return [];
  const [oldest] = history.healthy(first.startMs - searchedMs(granularity), first.startMs);
  return oldest === undefined ? [] : [windowAt(oldest, zone, granularity)];
}

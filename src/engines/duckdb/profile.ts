import { TRAFFIC_COLUMN } from '../../domain/column.ts';
import { DriftbellError, isDriftbellError } from '../../domain/errors.ts';
import { ALL_TRAFFIC, type ColumnProblem } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { Progress } from '../../ports/progress.ts';
import type { ColumnAggregate, ProfilePlan } from '../../ports/statistics-engine.ts';
import { topCategories } from './categories.ts';
import { chunksOf, columnsPerScan, windowBatches } from './chunks.ts';
import type { Query } from './connection.ts';
import { isInterruption, sourceError } from './engine-error.ts';
import { type OpenedSource, openSource, reopenTolerantly } from './open-source.ts';
import { profileColumns } from './profile-columns.ts';
import { type PlanColumn, type Traffic, trafficAggregate, unreadAggregate } from './read-aggregate.ts';
import { prepareScan, type Scanning } from './scanning.ts';
import { profileSql } from './sql/profile-sql.ts';
import { slotsSql } from './sql/windows.ts';
import { stage } from './stage.ts';
import { toCount, toText } from './values.ts';

/** Values of a segment column; more make it an identifier, not a slice of the traffic. */
const MOST_SEGMENTS = 200;

/** All aggregates of a plan over the given windows. */
export async function profileSource(
  plan: ProfilePlan,
  windows: readonly Window[],
  deps: { readonly query: Query; readonly threads: number; readonly progress?: Progress },
): Promise<readonly ColumnAggregate[]> {
  if (windows.length === 0) return [];
  try {
    const opened = await openSource(plan.source, deps.query);
    try {
      const staged = await stage(opened, plan, { windows, query: deps.query });
      return await profileOpened(staged, { plan, windows, ...deps });
    } catch (thrown) {
      if (isDriftbellError(thrown) || isInterruption(thrown)) throw thrown;
      const tolerant = await reopenTolerantly(opened, deps.query);
      if (tolerant === undefined) throw thrown;
      return await profileOpened(tolerant, { plan, windows, ...deps });
    }
  } catch (thrown) {
    throw sourceError(thrown, plan.source.location);
  }
}

/** Throws the engine's own error when already the time or the segment column breaks the reading. */
async function profileOpened(
  opened: OpenedSource,
  of: {
    readonly plan: ProfilePlan;
    readonly windows: readonly Window[];
    readonly query: Query;
    readonly threads: number;
    readonly progress?: Progress;
  },
): Promise<readonly ColumnAggregate[]> {
  const { plan, query, threads } = of;
  const scanning = prepareScan(opened, plan, query);
  const categories = await topCategories(scanning, plan, of.windows);
  const aggregates: ColumnAggregate[] = [];
  const batches = windowBatches(of.windows);
  for (const [index, batch] of batches.entries()) {
    const progress: Progress = (done, total, step) => of.progress?.(index * total + done, batches.length * total, step);
    const profiled = await profileBatch({ plan, scanning, categories }, batch, { query, threads, progress });
    for (const aggregate of inOrder(profiled, plan)) aggregates.push(aggregate);
  }
  return aggregates;
}

/** By window, then segment, then column as the plan lists them, the traffic first. */
function inOrder(aggregates: readonly ColumnAggregate[], plan: ProfilePlan): ColumnAggregate[] {
  const positions = new Map(plan.columns.map((column, position) => [`${column.role} ${column.name}`, position]));
  const position = ({ role, column }: ColumnAggregate) => positions.get(`${role} ${column}`) ?? -1;
  return aggregates.toSorted(
    (a, b) =>
      a.window.startMs - b.window.startMs ||
      (a.segment < b.segment ? -1 : a.segment > b.segment ? 1 : position(a) - position(b)),
  );
}

async function profileBatch(
  of: {
    readonly plan: ProfilePlan;
    readonly scanning: Scanning;
    readonly categories: Awaited<ReturnType<typeof topCategories>>;
  },
  windows: readonly Window[],
  deps: { readonly query: Query; readonly threads: number; readonly progress: Progress },
): Promise<ColumnAggregate[]> {
  await deps.query(slotsSql(windows));
  const traffic = await countTraffic(of.scanning, windows, deps.query);
  const aggregates = traffic.map((each) => trafficAggregate(each, TRAFFIC_COLUMN));
  const populated = traffic.filter((each) => each.rows > 0);
  if (populated.length === 0) return aggregates;

  const { readable, unread } = splitReadable(of.plan, of.scanning, of.categories.problems);
  for (const { column, problem } of unread) {
    for (const each of populated) aggregates.push(unreadAggregate(each, column, problem));
  }
  const chunks = chunksOf(readable, columnsPerScan(populated.length, deps.threads));
  for (const [index, chunk] of chunks.entries()) {
    deps.progress(index, chunks.length, chunk.length === 1 ? (chunk[0]?.name ?? '') : `${chunk.length} columns`);
    const profiled = await profileColumns(
      { scanning: of.scanning, windows, traffic: populated, categories: of.categories.byColumn },
      chunk,
    );
    for (const aggregate of profiled) aggregates.push(aggregate);
  }
  deps.progress(chunks.length, chunks.length, 'done');
  return aggregates;
}

/** Rows of every window: of all traffic always, and of every segment that occurs in any of them. */
async function countTraffic(scanning: Scanning, windows: readonly Window[], query: Query): Promise<Traffic[]> {
  const { scan } = scanning.reading;
  const counts = windows.map(() => new Map<string, number>([[ALL_TRAFFIC, 0]]));
  const segments = new Set<string>([ALL_TRAFFIC]);
  for (const row of await query(profileSql(scan, windows, []))) {
    const segment = toText(row.segment) ?? ALL_TRAFFIC;
    segments.add(segment);
    counts[toCount(row.w)]?.set(segment, toCount(row.n));
  }
  if (segments.size > MOST_SEGMENTS + 1) throw tooManySegments(scan.segment?.column ?? '', segments.size - 1);
  return windows.flatMap((window, index) =>
    [...segments].toSorted().map((segment) => ({ window, segment, rows: counts[index]?.get(segment) ?? 0 })),
  );
}

function splitReadable(
  plan: ProfilePlan,
  scanning: Scanning,
  problems: ReadonlyMap<string, ColumnProblem>,
): { readable: PlanColumn[]; unread: { column: PlanColumn; problem: ColumnProblem }[] } {
  const readable: PlanColumn[] = [];
  const unread: { column: PlanColumn; problem: ColumnProblem }[] = [];
  for (const column of plan.columns) {
    const problem = scanning.problemOf(column) ?? problems.get(column.name);
    if (problem === undefined) readable.push(column);
    else unread.push({ column, problem });
  }
  return { readable, unread };
}

function tooManySegments(column: string, count: number): DriftbellError {
  return new DriftbellError('usage.invalid', {
    expected: `a segment column of at most ${MOST_SEGMENTS} values`,
    received: `${count} values in ${JSON.stringify(column)}`,
    remedy: 'name a column with fewer values, or none',
  });
}

import { TRAFFIC_COLUMN } from '../../domain/column.ts';
import { DriftbellError } from '../../domain/errors.ts';
import { ALL_TRAFFIC, type ColumnProblem } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { Progress } from '../../ports/progress.ts';
import type { ColumnAggregate, ProfilePlan } from '../../ports/statistics-engine.ts';
import { topCategories } from './categories.ts';
import { chunksOf, columnsPerScan, windowBatches } from './chunks.ts';
import type { Query } from './connection.ts';
import { sourceError } from './engine-error.ts';
import { openSource } from './open-source.ts';
import { profileColumns } from './profile-columns.ts';
import { type PlanColumn, type Traffic, trafficAggregate, unreadAggregate } from './read-aggregate.ts';
import { prepareScan, type Scanning } from './scanning.ts';
import { profileSql } from './sql/profile-sql.ts';
import { slotsSql } from './sql/windows.ts';
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
    const scanning = prepareScan(await openSource(plan.source, deps.query), plan, deps.query);
    const categories = await topCategories(scanning, plan, windows);
    const aggregates: ColumnAggregate[] = [];
    const batches = windowBatches(windows);
    for (const [index, batch] of batches.entries()) {
      const progress: Progress = (done, total, step) =>
        deps.progress?.(index * total + done, batches.length * total, step);
      for (const aggregate of await profileBatch({ plan, scanning, categories }, batch, { ...deps, progress })) {
        aggregates.push(aggregate);
      }
    }
    return aggregates;
  } catch (thrown) {
    throw sourceError(thrown, plan.source.location);
  }
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
  const scan = await scanning.forTime();
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

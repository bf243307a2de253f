import { TRAFFIC_COLUMN } from '../../domain/column.ts';
import { counted } from '../../domain/counted.ts';
import { isDriftbellError } from '../../domain/errors.ts';
import { ALL_TRAFFIC, type ColumnProblem, OTHER_SEGMENTS } from '../../domain/statistic.ts';
import type { Window } from '../../domain/window.ts';
import type { Progress } from '../../ports/progress.ts';
import type { Bins, ColumnAggregate, OpenedProfile, ProfilePlan } from '../../ports/statistics-engine.ts';
import { withAuc } from './auc.ts';
import { topCategories } from './categories.ts';
import { columnChunks, windowBatches } from './chunks.ts';
import { columnsIn, typedColumns } from './columns-in.ts';
import type { Query } from './connection.ts';
import { isInterruption, sourceError } from './engine-error.ts';
import { withNdcg } from './ndcg.ts';
import { onward } from './onward.ts';
import { reopenTolerantly } from './open-source.ts';
import { openWithin } from './open-within.ts';
import { profileColumns } from './profile-columns.ts';
import { type PlanColumn, type Traffic, trafficAggregate, unreadAggregate } from './read-aggregate.ts';
import { profileReference } from './reference.ts';
import { prepareScan, type Scanning } from './scanning.ts';
import { type Segmentation, segmentsOf } from './segments.ts';
import { profileSql } from './sql/profile-sql.ts';
import { slotsSql } from './sql/windows.ts';
import { stage } from './stage.ts';
import { toCount, toText } from './values.ts';
import { vectorLengths } from './vector-lengths.ts';

interface ProfileDeps {
  readonly query: Query;
  readonly threads: number;
}

interface ProfileRequest {
  readonly windows: readonly Window[];
  readonly bins?: Readonly<Record<string, Bins>>;
  readonly referenceCategories?: Readonly<Record<string, readonly string[]>>;
  readonly segments?: readonly string[];
  readonly progress?: Progress;
}

/** Opens a source for profiles within the span of the windows. */
export async function openProfile(
  plan: ProfilePlan,
  windows: readonly Window[],
  deps: ProfileDeps,
): Promise<OpenedProfile> {
  const found = await openWithin(plan, windows, deps.query);
  let opened = found;
  let isTolerant = false;

  /** Where already the time or the segment column breaks the reading, the whole source is read tolerantly from then on. */
  async function attempt<T>(work: (scanning: Scanning) => Promise<T>): Promise<T> {
    try {
      try {
        return await work(prepareScan(opened, plan, deps.query));
      } catch (thrown) {
        if (isTolerant || isDriftbellError(thrown) || isInterruption(thrown)) throw thrown;
        const tolerant = await reopenTolerantly(found, deps.query);
        if (tolerant === undefined) throw thrown;
        opened = tolerant;
        isTolerant = true;
        return await work(prepareScan(opened, plan, deps.query));
      }
    } catch (thrown) {
      throw sourceError(thrown, plan.source.location);
    }
  }

  if (windows.length > 0) {
    await attempt(async () => {
      opened = await stage(found, plan, { windows, query: deps.query });
    });
  }
  return {
    columns: typedColumns(found),
    ...(found.relation.isMany
      ? { columnsIn: (window: Window) => columnsIn(found, plan, { window, query: deps.query }) }
      : {}),
    profile: async (asked, options = {}) =>
      asked.length === 0
        ? []
        : attempt((scanning) =>
            profileWindows(
              scanning,
              { plan, ...deps },
              {
                ...options,
                ...{ windows: asked, progress: onward(options.progress) },
              },
            ),
          ),
    reference: (asked) => attempt((scanning) => profileReference({ scanning, plan, windows: asked, ...deps })),
  };
}

async function profileWindows(
  scanning: Scanning,
  of: ProfileDeps & { readonly plan: ProfilePlan },
  asked: ProfileRequest,
): Promise<readonly ColumnAggregate[]> {
  const { plan, query, threads } = of;
  const bins = new Map(Object.entries(asked.bins ?? {}));
  const referenceCategories = Object.fromEntries([
    ...Object.entries({ ...plan.referenceCategories, ...asked.referenceCategories }),
    ...[...bins].flatMap(([name, each]) => (each.kind === 'categorical' ? [[name, each.categories] as const] : [])),
  ]);
  const segmentation = await segmentsOf(scanning, {
    windows: asked.windows,
    ...(asked.segments === undefined ? {} : { before: asked.segments }),
  });
  const categories = await topCategories(
    scanning,
    { ...plan, referenceCategories },
    { windows: asked.windows, threads },
  );
  const lengths = await vectorLengths(scanning, plan.columns, { windows: asked.windows, bins });
  const aggregates: ColumnAggregate[] = [];
  const batches = windowBatches(asked.windows, segmentation.names.length, threads);
  let done = 0;
  for (const batch of batches) {
    const from = done;
    const progress = (share: number, step: string) =>
      asked.progress?.(from + batch.length * share, asked.windows.length, step);
    const profiled = await profileBatch({ plan, segmentation, categories, bins, lengths }, batch, {
      query,
      threads,
      progress,
    });
    for (const aggregate of inOrder(profiled, plan)) aggregates.push(aggregate);
    done += batch.length;
  }
  asked.progress?.(done, done, 'done');
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
    readonly segmentation: Segmentation;
    readonly categories: Awaited<ReturnType<typeof topCategories>>;
    readonly bins: ReadonlyMap<string, Bins>;
    readonly lengths: ReadonlyMap<string, number | null>;
  },
  windows: readonly Window[],
  deps: {
    readonly query: Query;
    readonly threads: number;
    /** `share` 0..1 of the batch. */
    readonly progress: (share: number, step: string) => void;
  },
): Promise<ColumnAggregate[]> {
  const { scanning } = of.segmentation;
  await deps.query(slotsSql(windows));
  const traffic = await countTraffic(of.segmentation, windows, deps.query);
  const others = new Map(
    traffic.flatMap(({ window, segment, rows }) => (segment === OTHER_SEGMENTS ? [[window.key, rows] as const] : [])),
  );
  const aggregates = traffic.map((each): ColumnAggregate => {
    const aggregate = trafficAggregate(each, TRAFFIC_COLUMN);
    if (each.segment !== ALL_TRAFFIC) return aggregate;
    return { ...aggregate, problems: of.segmentation.problems(others.get(each.window.key) ?? 0, each.rows) };
  });
  const populated = traffic.filter((each) => each.rows > 0);
  if (populated.length === 0) return aggregates;

  const { readable, unread } = splitReadable(of.plan, scanning, of.categories.problems);
  for (const { column, problem } of unread) {
    for (const each of populated) aggregates.push(unreadAggregate(each, column, problem));
  }
  const chunks = columnChunks(readable, {
    groups: populated.length,
    threads: deps.threads,
    hasSegments: scanning.reading.scan.segment !== undefined,
  });
  for (const [index, chunk] of chunks.entries()) {
    deps.progress(index / chunks.length, chunk.length === 1 ? (chunk[0]?.name ?? '') : counted(chunk.length, 'column'));
    const profiled = await profileColumns(
      {
        scanning,
        windows,
        traffic: populated,
        categories: of.categories.byColumn,
        bins: of.bins,
        vectorLengths: of.lengths,
      },
      chunk,
    );
    for (const aggregate of profiled) aggregates.push(aggregate);
  }
  const score = readable.find(({ role }) => role === 'score');
  if (score !== undefined && of.plan.labelColumn !== undefined) {
    const others = aggregates.filter(({ role }) => role !== 'score');
    const scores = aggregates.filter(({ role }) => role === 'score');
    const withArea = await withAuc(scanning, scores, { column: score, windows });
    return [...others, ...(await withNdcg(scanning, withArea, { column: score, windows, plan: of.plan }))];
  }
  return aggregates;
}

/** Rows of every window: of all traffic and of every segment. */
async function countTraffic(
  { scanning, names }: Segmentation,
  windows: readonly Window[],
  query: Query,
): Promise<Traffic[]> {
  const counts = windows.map(() => new Map<string, number>());
  for (const row of await query(profileSql(scanning.reading.scan, windows, []))) {
    counts[toCount(row.w)]?.set(toText(row.segment) ?? ALL_TRAFFIC, toCount(row.n));
  }
  return windows.flatMap((window, index) =>
    names.map((segment) => ({ window, segment, rows: counts[index]?.get(segment) ?? 0 })),
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

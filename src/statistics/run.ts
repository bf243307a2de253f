import { TRAFFIC_SERIES } from '../domain/all-traffic.ts';
import type { LeftOutColumn } from '../domain/column.ts';
import { isDriftbellError } from '../domain/errors.ts';
import { latestOfNow } from '../domain/future.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { WindowLanding } from '../domain/landing.ts';
import type { Model } from '../domain/model.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import { type Window, windowAt } from '../domain/window.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { StatisticsEngine } from '../ports/statistics-engine.ts';
import type { ModelStore, StatisticsStore, Transactions } from '../ports/stores.ts';
import { waitingLanding } from './landing.ts';
import { windowsWithLateLabels } from './late-labels.ts';
import { planFromColumns } from './plan.ts';
import { profileWindows, type StatisticsHistory } from './profile-windows.ts';
import { isReady } from './readiness.ts';
import { siftLanded } from './sift-landed.ts';
import type { LandingDeps } from './watch-landing.ts';

/** The newest window may lack a column that was all missing in it; a few before it are looked at too. */
const WINDOWS_LOOKED_BACK = 7;

export interface StatisticsDeps extends LandingDeps {
  readonly engine: Pick<StatisticsEngine, 'open' | 'timeRange'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly models: Pick<ModelStore, 'columns' | 'leftOut' | 'newColumns' | 'putNewColumns'>;
  readonly statistics: StatisticsStore;
  readonly transaction: Transactions['transaction'];
  /** Starts of windows in which something was wrong; a reference is not built of them. Absent: none. */
  readonly anomalousWindows?: (model: Model, fromMs: EpochMs, toMs: EpochMs) => readonly EpochMs[];
}

export interface StatisticsInput {
  readonly model: Model;
  readonly windows: readonly Window[];
  /** The newest instant of the source where it is known; otherwise it is looked up when it matters. */
  readonly lastMs?: EpochMs;
  /**
   * Given windows that can be judged as soon as they are stored, in time order, before later ones are computed: what is
   * anomalous in them is then left out of later references, as it is when windows are looked at one by one.
   */
  readonly onStored?: (windows: readonly Window[]) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

export interface StatisticsReport {
  /** Windows stored. */
  readonly ok: number;
  /** Windows that are waiting or late. */
  readonly skipped: number;
  /** `window column` of every column that could not be read; its other columns are stored. */
  readonly failed: readonly string[];
  /** What was found of every window, in time order. */
  readonly landings: readonly WindowLanding[];
}

/**
 * Statistics of a model's windows, computed and stored; the same input gives the same rows. Categories are those of the
 * reference, before there is one those of the newest stored window, so that every share is a series without gaps. What
 * was stored of a window stays while it is waiting or late.
 */
export async function runStatistics(deps: StatisticsDeps, input: StatisticsInput): Promise<StatisticsReport> {
  const { model } = input;
  const now = deps.clock.now();
  const windows = input.windows.toSorted((a, b) => a.startMs - b.startMs);
  const ready = windows.filter((window) => isReady(window, model.latenessMinutes, now));
  const waiting = windows.filter((window) => !ready.includes(window));
  const plan = planFromColumns(model, deps.models.columns(model.id));
  const history = storedHistory(deps, model);
  const sifted = siftLanded(deps, { ...input, store: history.put }, { windows: ready, nowMs: now });
  let told = 0;
  async function settle(): Promise<void> {
    const stored = sifted.landings.slice(told).filter(({ isJudgeable }) => isJudgeable);
    told = sifted.landings.length;
    if (stored.length > 0) await input.onStored?.(stored.toSorted(byTime).map(({ window }) => window));
  }
  if (ready.length > 0) {
    await profileWindows(
      { engine: deps.engine, history: { ...history, put: sifted.put, settle } },
      {
        plan,
        windows: ready,
        nowMs: now,
        ...(input.signal === undefined ? {} : { signal: input.signal }),
        ...(input.progress === undefined ? {} : { progress: input.progress }),
      },
    );
    if (sifted.needsLast())
      sifted.finish(
        await newestInstant(deps.engine, plan, {
          latestMs: latestOfNow(now, model.latenessMinutes),
          signal: input.signal,
        }),
      );
    await settle();
  }
  const landings = [...sifted.landings, ...waiting.map((window) => waitingFor(window, deps, model))];
  const ok = landings.filter(({ isJudgeable }) => isJudgeable).length;
  return { ok, skipped: landings.length - ok, failed: sifted.failed, landings: landings.toSorted(byTime) };
}

/**
 * Computes those of the given windows again that late labels touch; a scan of time, score and label tells which. Does
 * nothing for a model without labels.
 */
export async function runLateLabels(deps: StatisticsDeps, input: StatisticsInput): Promise<StatisticsReport> {
  const { model, signal } = input;
  const score = deps.models.columns(model.id).filter(({ role }) => role === 'score');
  if (model.labelColumn === undefined || score.length === 0) return NOTHING;
  const { segmentColumn: _, queryColumn: __, ...unsegmented } = planFromColumns(model, score);
  const now = await deps.engine.open(unsegmented, input.windows, {
    ...(signal === undefined ? {} : { signal }),
    work: (opened) => opened.profile(input.windows),
  });
  const stored = input.windows.flatMap((window) => deps.statistics.window(model.id, window));
  const touched = windowsWithLateLabels(stored, now);
  return touched.length === 0 ? NOTHING : runStatistics(deps, { ...input, windows: touched });
}

const NOTHING: StatisticsReport = { ok: 0, skipped: 0, failed: [], landings: [] };

function byTime(a: WindowLanding, b: WindowLanding): number {
  return a.window.startMs - b.window.startMs;
}

function waitingFor(window: Window, { formatInstant }: StatisticsDeps, model: Model): WindowLanding {
  const landing = waitingLanding(window, {
    latenessMinutes: model.latenessMinutes,
    formatInstant: (instantMs) => formatInstant(instantMs, model.zone),
  });
  return { ...landing, window, rows: null, isJudgeable: false };
}

async function newestInstant(
  engine: StatisticsDeps['engine'],
  plan: Parameters<StatisticsEngine['timeRange']>[0],
  options: { readonly latestMs: EpochMs; readonly signal: AbortSignal | undefined },
): Promise<EpochMs | null> {
  try {
    return (await engine.timeRange(plan, options)).lastMs;
  } catch (thrown) {
    if (isDriftbellError(thrown) && thrown.code === 'source.empty') return null;
    throw thrown;
  }
}

function storedHistory(deps: StatisticsDeps, model: Model): StatisticsHistory {
  const { models, statistics, anomalousWindows } = deps;
  const { id } = model;
  return {
    references: () => statistics.references(id),
    referenceColumns: (version) => statistics.referenceColumns(id, version),
    putReference: (reference, columns) => statistics.putReference(id, reference, columns),
    schema: {
      registered: { watched: models.columns(id), others: otherColumns(model, models.leftOut(id)) },
      newColumns: models.newColumns(id),
      isNewsWelcome: model.features === undefined,
      sinceMs: statistics.windowStarts(id).at(-1) ?? Number.NEGATIVE_INFINITY,
      stored: (window) => statistics.window(id, window),
    },
    put: (windows, rows, added) =>
      deps.transaction(() => {
        if (added.length > 0) models.putNewColumns(id, added);
        statistics.replaceWindows(id, windows, rows);
      }),
    categories: (toMs) => storedCategories(statistics, model, toMs),
    segments: (fromMs, toMs) => statistics.segments(id, fromMs, toMs),
    healthy(fromMs, toMs) {
      const anomalous = anomalousWindows?.(model, fromMs, toMs) ?? [];
      const points = statistics.series(id, [TRAFFIC_SERIES], fromMs, toMs).flatMap((series) => series.points);
      return points
        .filter(({ window, value }) => value !== null && value > 0 && !anomalous.includes(window.startMs))
        .map(({ window }) => window.startMs);
    },
  };
}

function otherColumns(model: Model, leftOut: readonly LeftOutColumn[]): readonly string[] {
  const used = [model.timeColumn, model.labelColumn, model.queryColumn, model.segmentColumn];
  return [...leftOut.map(({ name }) => name), ...used.flatMap((name) => name ?? [])];
}

/** The categories of each column in the newest windows that are stored; columns without one are absent. */
function storedCategories(
  statistics: StatisticsDeps['statistics'],
  model: Model,
  toMs: EpochMs,
): Readonly<Record<string, readonly string[]>> {
  const categories = new Map<string, readonly string[]>();
  const before = statistics.windowStarts(model.id).filter((startMs) => startMs < toMs);
  for (const startMs of before.slice(-WINDOWS_LOOKED_BACK)) {
    for (const row of statistics.window(model.id, windowAt(startMs, model.zone, model.granularity))) {
      const values = Object.keys(row.shares ?? {});
      if (row.kind === 'categorical' && row.segment === ALL_TRAFFIC && values.length > 0) {
        categories.set(row.column, values);
      }
    }
  }
  return Object.fromEntries(categories);
}

import type { Model } from '../domain/model.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
import { type Window, windowAt } from '../domain/window.ts';
import type { Clock } from '../ports/clock.ts';
import type { Progress } from '../ports/progress.ts';
import type { StatisticsEngine } from '../ports/statistics-engine.ts';
import type { ModelStore, StatisticsStore } from '../ports/stores.ts';
import { deriveStatistics } from './derive.ts';
import { planFromColumns } from './plan.ts';
import { isReady } from './readiness.ts';

/** The newest window may lack a column that was all missing in it; a few before it are looked at too. */
const WINDOWS_LOOKED_BACK = 7;

export interface StatisticsDeps {
  readonly engine: StatisticsEngine;
  readonly clock: Pick<Clock, 'now'>;
  readonly models: Pick<ModelStore, 'columns'>;
  readonly statistics: Pick<StatisticsStore, 'replaceWindows' | 'window' | 'windowStarts'>;
}

export interface StatisticsInput {
  readonly model: Model;
  readonly windows: readonly Window[];
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

export interface StatisticsReport {
  /** Windows stored. */
  readonly ok: number;
  /** Windows that have not landed yet. */
  readonly skipped: number;
  /** `window column` of every column that could not be read; its other columns are stored. */
  readonly failed: readonly string[];
}

/**
 * Statistics of a model's windows, computed and stored; the same input gives the same rows. Categories keep the list
 * of the newest stored window, so that every share is a series without gaps.
 */
export async function runStatistics(deps: StatisticsDeps, input: StatisticsInput): Promise<StatisticsReport> {
  const { model } = input;
  const now = deps.clock.now();
  const ready = input.windows.filter((window) => isReady(window, model.latenessMinutes, now));
  const skipped = input.windows.length - ready.length;
  if (ready.length === 0) return { ok: 0, skipped, failed: [] };

  const columns = deps.models.columns(model.id);
  const plan = planFromColumns(model, columns, storedCategories(deps.statistics, model));
  const aggregates = await deps.engine.profile(plan, ready, {
    ...(input.signal === undefined ? {} : { signal: input.signal }),
    ...(input.progress === undefined ? {} : { progress: input.progress }),
  });
  const rows = aggregates.map(deriveStatistics);
  deps.statistics.replaceWindows(model.id, ready, rows);
  return { ok: ready.length, skipped, failed: unreadColumns(rows) };
}

function unreadColumns(rows: readonly ColumnStatistics[]): string[] {
  return rows
    .filter((row) => row.problems.some(({ code }) => code === 'unreadable' || code === 'column_vanished'))
    .map((row) => `${row.window.key} ${row.segment === '' ? '' : `${row.segment}/`}${row.column}`);
}

/** The categories of each column in the newest windows that are stored; columns without one are absent. */
function storedCategories(
  statistics: StatisticsDeps['statistics'],
  model: Model,
): Readonly<Record<string, readonly string[]>> {
  const categories = new Map<string, readonly string[]>();
  for (const startMs of statistics.windowStarts(model.id).slice(-WINDOWS_LOOKED_BACK)) {
    for (const row of statistics.window(model.id, windowAt(startMs, model.zone, model.granularity))) {
      const values = Object.keys(row.shares ?? {});
      if (row.kind === 'categorical' && row.segment === ALL_TRAFFIC && values.length > 0) {
        categories.set(row.column, values);
      }
    }
  }
  return Object.fromEntries(categories);
}

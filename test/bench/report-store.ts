import { join } from 'node:path';
import { openDatabase } from '../../src/db/index.ts';
import type { Detection } from '../../src/domain/anomaly.ts';
import type { Model } from '../../src/domain/model.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../../src/domain/statistic.ts';
import { type Window, windowsBetween } from '../../src/domain/window.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { MIGRATIONS, settings } from '../db/memory-stores.ts';

/** Two series of each column are a thousand; those of a fifth of the columns leave their band for two days. */
export const REPORT = { columns: 500, badColumns: 100, windows: 31, badWindows: 2, seriesPerColumn: 2 } as const;
const FIRST_DAY_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const BINS = 30;
const ROWS = 100_000;
const EDGES = Array.from({ length: BINS + 1 }, (_, index) => index * 10);

export interface ReportBench {
  readonly stores: Stores;
  readonly models: readonly Model[];
  readonly windows: readonly Window[];
  close(): void;
}

/** Models of a thousand judged series each, in a database file. */
export function fillReports(folder: string, models: number): ReportBench {
  const database = openDatabase({ path: join(folder, 'report.sqlite'), migrationsFolder: MIGRATIONS });
  const { stores } = database;
  const windows = windowsBetween(FIRST_DAY_MS, FIRST_DAY_MS + REPORT.windows * DAY_MS, 'UTC', 'day');
  const made = Array.from({ length: models }, (_, index) => {
    const { owners, ...rest } = settings({ slug: `model-${index}`, zone: 'UTC' });
    const model = stores.models.insert({ ...rest, owners }, owners[0] ?? ('U0BENCH' as never), 0);
    fillModel(stores, model, windows);
    return model;
  });
  return { stores, models: made, windows, close: () => database.close() };
}

function fillModel(stores: Stores, model: Model, windows: readonly Window[]): void {
  const names = Array.from({ length: REPORT.columns }, (_, index) => `column_${index}`);
  stores.models.putColumns(
    model.id,
    names.map((name) => ({ name, role: 'feature', kind: 'numeric' })),
    [],
  );
  const reference = { version: 1, builtAt: 0, appliesFromMs: FIRST_DAY_MS, windows: 28 };
  const bins = { kind: 'numeric', edges: EDGES, defaultValue: 0 } as const;
  const counts = histogram(false);
  const figures = { mean: 150, standardDeviation: 87, minimum: 0, maximum: 300 };
  stores.statistics.putReference(
    model.id,
    reference,
    names.map((column) => ({ column, bins, counts, ...figures })),
  );
  for (const [day, window] of windows.entries()) {
    const isBad = (column: number): boolean => day >= REPORT.windows - REPORT.badWindows && column < REPORT.badColumns;
    stores.statistics.replaceWindows(
      model.id,
      [window],
      names.map((column, index) => statisticsOf(column, window, isBad(index))),
    );
    stores.detections.replaceWindow(
      model.id,
      window,
      names.flatMap((column, index) => detectionsOf(column, window, isBad(index))),
      'bench',
    );
  }
}

/** Missing, default and non-finite rows, then those by bin; a bad day has a third of its rows missing. */
function histogram(isBad: boolean): readonly number[] {
  const missing = isBad ? ROWS / 4 : 0;
  const each = (ROWS - missing) / BINS;
  return [missing, 0, 0, 0, ...new Array<number>(BINS).fill(Math.round(each)), 0];
}

function statisticsOf(column: string, window: Window, isBad: boolean): ColumnStatistics {
  return {
    window,
    segment: ALL_TRAFFIC,
    column,
    role: 'feature',
    kind: 'numeric',
    rows: ROWS,
    statistics: { mean: isBad ? 90 : 150, coverage: isBad ? 0.75 : 1, minimum: 0, maximum: 300, q01: 3, q99: 297 },
    histogram: { version: 1, counts: histogram(isBad) },
    problems: [],
  };
}

function detectionsOf(column: string, window: Window, isBad: boolean): Detection[] {
  const of = (statistic: 'mean' | 'coverage', value: number, usual: number): Detection => ({
    series: { segment: ALL_TRAFFIC, column, role: 'feature', statistic },
    window,
    value,
    rows: ROWS,
    forecast: { baseline: usual, lower: usual * 0.97, upper: usual * 1.03 },
    score: isBad ? 0.95 : 0.01,
    isAnomaly: isBad,
    ...(isBad ? { rule: 'band' as const } : {}),
  });
  return [of('mean', isBad ? 90 : 150, 150), of('coverage', isBad ? 0.75 : 1, 1)];
}

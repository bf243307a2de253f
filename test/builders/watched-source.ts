import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model, ModelSettings } from '../../src/domain/model.ts';
import { parseWindow, shiftWindow, type Window } from '../../src/domain/window.ts';
import { backfillStatistics, historyWindows } from '../../src/jobs/index.ts';
import { type Core, createCore } from '../../src/main.ts';
import type { TimeRange } from '../../src/ports/statistics-engine.ts';
import { parseDeclaration } from '../../src/registry/index.ts';
import { silentLogger } from '../doubles/recording-chat.ts';
import { USER } from './reports.ts';
import { fakeClock } from './stores.ts';

/** Of all rows, or by their place in the window; scores repeat .25 .375 .5 .625 .75, whose sums are exact; ages 30 to 36. */
type Label = number | ((row: number) => number);

/** A core on real SQLite, DuckDB and TensorFlow.js over one JSONL file in UTC, whose windows a test fills as it likes. */
export interface WatchedSource {
  readonly core: Core;
  readonly model: Model;
  readonly range: TimeRange;
  readonly databasePath: string;
  readonly clock: ReturnType<typeof fakeClock>;
  window(key: string): Window;
  /** Rows of a window, spread over it or over the first part of it; replaces what it had. */
  fill(key: string, rows: number, options?: { readonly part?: number; readonly label?: Label }): void;
  /** The same rows for `count` windows from one on; `rows` may depend on the window. */
  fillFrom(key: string, count: number, rows: number | ((window: Window) => number)): void;
  /** Moves the clock, read as UTC: `2026-03-09T12:00`. */
  at(time: string): void;
  close(): Promise<void>;
}

/** Writes the history, registers the model at `registeredAt` and computes the statistics of its history. */
export async function watchedSource(
  given: Partial<ModelSettings> & {
    readonly registeredAt: string;
    /** True where the test computes the history itself. */
    readonly isHistoryLeft?: boolean;
    readonly history: (source: Pick<WatchedSource, 'fill' | 'fillFrom'>) => void;
  },
): Promise<WatchedSource> {
  const { registeredAt, history, isHistoryLeft = false, ...settings } = given;
  const folder = mkdtempSync(join(tmpdir(), 'driftbell-source-'));
  const location = join(folder, 'rows.jsonl');
  const clock = fakeClock(Date.parse(`${registeredAt}Z`));
  const granularity = settings.granularity ?? 'day';
  const byWindow = new Map<number, string[]>();
  const window = (key: string) => parseWindow(key, 'UTC', granularity);

  const put: WatchedSource['fill'] = (key, rows, options) => {
    const { startMs, endMs } = window(key);
    byWindow.set(startMs, linesOf({ startMs, endMs }, rows, options));
  };
  const write = (): void => {
    const lines = [...byWindow].toSorted(([a], [b]) => a - b).flatMap(([, each]) => each);
    writeFileSync(location, `${lines.join('\n')}\n`);
  };
  const fill: WatchedSource['fill'] = (...args) => {
    put(...args);
    write();
  };
  const fillFrom: WatchedSource['fillFrom'] = (key, count, rows) => {
    for (let place = 0; place < count; place += 1) {
      const one = shiftWindow(window(key), place, 'UTC', granularity);
      put(one.key, typeof rows === 'number' ? rows : rows(one));
    }
    write();
  };

  history({ fill, fillFrom });
  const databasePath = join(folder, 'driftbell.sqlite');
  const core = await createCore({
    databasePath,
    memoryLimit: '500MB',
    clock,
    logger: silentLogger(),
  });
  const declaration = parseDeclaration({
    slug: 'churn',
    source: { location },
    timeColumn: 'scored_at',
    scoreColumn: 'score',
    features: ['age'],
    zone: 'UTC',
    channel: 'C0MODELS1',
    ...settings,
  });
  const { model, range } = await core.register(declaration, USER);
  const windows = historyWindows(core.checks, model, range);
  if (!isHistoryLeft) await backfillStatistics(core.checks, model, windows, { lastMs: range.lastMs });
  return {
    ...{ core, model, range, databasePath, clock, window, fill, fillFrom },
    at: (time) => clock.set(Date.parse(`${time}Z`)),
    async close() {
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function linesOf(
  { startMs, endMs }: Pick<Window, 'startMs' | 'endMs'>,
  rows: number,
  { part = 1, label }: { readonly part?: number; readonly label?: Label } = {},
): string[] {
  const step = ((endMs - startMs) * part) / Math.max(1, rows);
  return Array.from({ length: rows }, (_, row) => {
    const scored_at = new Date(Math.floor(startMs + row * step)).toISOString();
    const given = typeof label === 'function' ? label(row) : (label ?? null);
    return JSON.stringify({ scored_at, age: 30 + (row % 7), score: (2 + (row % 5)) / 8, label: given });
  });
}

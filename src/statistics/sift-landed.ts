import { isAllTraffic } from '../domain/all-traffic.ts';
import type { LeftOutColumn } from '../domain/column.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { WindowLanding } from '../domain/landing.ts';
import type { Model } from '../domain/model.ts';
import { ALL_TRAFFIC, type ColumnStatistics, isUnread } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import type { Transactions } from '../ports/stores.ts';
import type { StatisticsHistory } from './profile-windows.ts';
import { createLandingWatch, type LandingDeps } from './watch-landing.ts';

export interface SiftDeps extends LandingDeps {
  readonly transaction: Transactions['transaction'];
}

export interface Sifted {
  /** Takes the statistics of windows in time order and stores those that can be judged. */
  put: StatisticsHistory['put'];
  /** True where windows are left that only the newest instant of the source can decide. */
  needsLast(): boolean;
  /** Decides them. */
  finish(lastMs: EpochMs | null): void;
  readonly landings: readonly WindowLanding[];
  /** `window column` of every stored column that could not be read. */
  readonly failed: readonly string[];
}

interface Profiled {
  readonly window: Window;
  readonly rows: readonly ColumnStatistics[];
}

/** Between the engine and the store: statistics of a window pass when it has landed, or is late beyond all patience. */
export function siftLanded(
  deps: SiftDeps,
  input: { readonly model: Model; readonly lastMs?: EpochMs; readonly store: StatisticsHistory['put'] },
  of: { readonly windows: readonly Window[]; readonly nowMs: EpochMs },
): Sifted {
  const watch = createLandingWatch(deps, input.model, of);
  if (input.lastMs !== undefined) watch.tellLast(input.lastMs);
  const landings: WindowLanding[] = [];
  const failed: string[] = [];
  const undecided: Profiled[] = [];

  function sift(profiled: readonly Profiled[], added: readonly LeftOutColumn[]): void {
    const decided = profiled.flatMap((each) => {
      const landing = watch.look(each.window, trafficOf(each.rows));
      if (landing === undefined) undecided.push(each);
      return landing === undefined ? [] : [{ ...each, landing }];
    });
    const passed = decided.filter(({ landing }) => landing.isJudgeable);
    const rows = passed.flatMap((each) => each.rows);
    // New columns are told in the newest window with rows: while that one is late they are not known yet.
    const isNewestIn = decided.findLast(({ landing }) => landing.rows !== 0)?.landing.isJudgeable === true;
    deps.transaction(() => {
      if (passed.length > 0) input.store(windowsOf(passed), rows, isNewestIn ? added : []);
      watch.keep(decided.map(({ landing }) => landing));
    });
    failed.push(...unreadColumns(rows));
    landings.push(...decided.map(({ landing }) => landing));
  }

  return {
    put(windows, rows, added) {
      const rowsOf = new Map(windows.map((window) => [window.startMs, [] as ColumnStatistics[]]));
      for (const row of rows) rowsOf.get(row.window.startMs)?.push(row);
      sift(
        windows.map((window) => ({ window, rows: rowsOf.get(window.startMs) ?? [] })),
        added,
      );
    },
    needsLast: () => undecided.length > 0,
    finish(lastMs) {
      watch.tellLast(lastMs);
      sift(undecided.splice(0), []);
    },
    landings,
    failed,
  };
}

function windowsOf(profiled: readonly Profiled[]): Window[] {
  return profiled.map(({ window }) => window);
}

function trafficOf(rows: readonly ColumnStatistics[]): number {
  return rows.find(isAllTraffic)?.rows ?? 0;
}

function unreadColumns(rows: readonly ColumnStatistics[]): string[] {
  return rows
    .filter((row) => row.problems.some(isUnread))
    .map((row) => `${row.window.key} ${row.segment === ALL_TRAFFIC ? '' : `${row.segment}/`}${row.column}`);
}

import { TRAFFIC_SERIES } from '../domain/all-traffic.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { hourOfDay, type Window } from '../domain/window.ts';
import type { LookStore, StatisticsStore } from '../ports/stores.ts';
import { type ExpectedRows, expectedRows } from './expected-rows.ts';

/** Weeks that say what is usual: enough for a median of the same weekday, few enough to follow a growing model. */
const WEEKS_MS = 8 * 7 * 86_400_000;

interface Counted {
  readonly window: Window;
  readonly rows: number;
}

export interface UsualRows {
  at(window: Window): ExpectedRows | undefined;
  /** A window of the same run, for those after it. */
  add(window: Window, rows: number): void;
}

/** What is usual for windows with start in [fromMs, toMs), by the stored traffic; windows that are late say nothing. */
export function createUsualRows(
  deps: { readonly statistics: Pick<StatisticsStore, 'series'>; readonly looks: Pick<LookStore, 'between'> },
  model: Model,
  { fromMs, toMs }: { readonly fromMs: EpochMs; readonly toMs: EpochMs },
): UsualRows {
  // By hour of the day: the calendar is asked once per window, not once per pair of windows.
  const byHour = new Map<number, Map<EpochMs, Counted>>();

  function windowsLike(window: Window): Map<EpochMs, Counted> {
    const hour = model.granularity === 'day' ? 0 : hourOfDay(window, model.zone);
    const known = byHour.get(hour) ?? new Map<EpochMs, Counted>();
    byHour.set(hour, known);
    return known;
  }

  function add(window: Window, rows: number): void {
    windowsLike(window).set(window.startMs, { window, rows });
  }

  const late = new Set(
    deps.looks.between(model.id, fromMs - WEEKS_MS, toMs, ['late']).map((look) => look.window.startMs),
  );
  for (const { points } of deps.statistics.series(model.id, [TRAFFIC_SERIES], fromMs - WEEKS_MS, toMs)) {
    for (const { window, rows } of points) if (!late.has(window.startMs)) add(window, rows);
  }

  return {
    add,
    at(window) {
      const recent = [...windowsLike(window).values()].filter(
        (each) => each.window.startMs < window.startMs && each.window.startMs >= window.startMs - WEEKS_MS,
      );
      return expectedRows(window, recent, model);
    },
  };
}

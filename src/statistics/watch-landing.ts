import type { EpochMs } from '../domain/identifiers.ts';
import type { Landing, WindowLanding, WindowLook } from '../domain/landing.ts';
import type { Model } from '../domain/model.ts';
import { shiftWindow, type Window, windowAt } from '../domain/window.ts';
import type { LookStore, StatisticsStore } from '../ports/stores.ts';
import { type Look, landingOf, needsLast } from './landing.ts';
import { isOverdue } from './readiness.ts';
import { createUsualRows } from './usual-rows.ts';

/** A source that had ended so many windows before its model was registered was never live: no alarm about that. */
const LIVE_WINDOWS = 28;

export interface LandingDeps {
  readonly statistics: Pick<StatisticsStore, 'series'>;
  readonly looks: LookStore;
  /** An instant for people, in a zone. */
  readonly formatInstant: (instantMs: EpochMs, zone: string) => string;
}

export interface LandingWatch {
  /** What its number of rows says of a window; undefined while only the newest instant of the source can tell. */
  look(window: Window, rows: number): WindowLanding | undefined;
  /** Tells the newest instant of the source; null when it has no rows at all. */
  tellLast(lastMs: EpochMs | null): void;
  /** Keeps what was seen, so that the next look knows whether rows still come. */
  keep(landings: readonly WindowLanding[]): void;
}

/** Looks at the windows of one run, in time order, knowing those before them and what was seen the last time. */
export function createLandingWatch(
  deps: LandingDeps,
  model: Model,
  of: { readonly windows: readonly Window[]; readonly nowMs: EpochMs },
): LandingWatch {
  const { nowMs } = of;
  const { latenessMinutes } = model;
  const fromMs = of.windows[0]?.startMs ?? 0;
  const toMs = of.windows.at(-1)?.endMs ?? fromMs;
  const before = new Map(deps.looks.between(model.id, fromMs, toMs).map((look) => [look.window.startMs, look]));
  const usual = createUsualRows(deps, model, { fromMs, toMs });
  let lastMs: EpochMs | null | undefined;
  /** The newest window of this run with rows: the source reaches at least to its start. */
  let reachedMs = Number.NEGATIVE_INFINITY;

  function look(window: Window, rows: number): WindowLanding | undefined {
    if (rows > 0) reachedMs = Math.max(reachedMs, window.startMs);
    const expected = rows === 0 || before.has(window.startMs) || !isOld(window) ? usual.at(window) : undefined;
    if (needsLast({ rows, expected }) && lastMs === undefined && reachedMs < window.endMs) return undefined;
    const seen: Look = {
      ...{ nowMs, latenessMinutes, rows, expected, before: before.get(window.startMs) },
      lastMs: reachedMs > (lastMs ?? Number.NEGATIVE_INFINITY) ? reachedMs : (lastMs ?? null),
      formatInstant: (instantMs) => deps.formatInstant(instantMs, model.zone),
    };
    const landing = landingOf(window, seen);
    if (landing.state !== 'late') usual.add(window, rows);
    return { ...landing, window, rows, isJudgeable: isJudgeable(landing, window, seen) };
  }

  /** What was late for too long is judged with what is there; a model that never was live is not. */
  function isJudgeable({ state }: Landing, window: Window, { rows, lastMs: newestMs }: Look): boolean {
    if (state !== 'late') return state !== 'waiting';
    const registered = windowAt(model.registeredAt, model.zone, model.granularity);
    const live = shiftWindow(registered, -LIVE_WINDOWS, model.zone, model.granularity);
    return isOld(window) && (rows > 0 || newestMs === null || newestMs >= live.startMs);
  }

  function isOld(window: Window): boolean {
    return isOverdue(window, latenessMinutes, nowMs);
  }

  function toLook({ window, state, text, rows }: WindowLanding): WindowLook[] {
    if (rows === null) return [];
    const last = before.get(window.startMs);
    const sameSinceMs = last !== undefined && last.rows === rows ? last.sameSinceMs : nowMs;
    return [{ window, state, text, rows, atMs: nowMs, sameSinceMs }];
  }

  return {
    look,
    tellLast: (told) => {
      lastMs = told;
    },
    keep: (landings) => deps.looks.put(model.id, landings.flatMap(toLook)),
  };
}

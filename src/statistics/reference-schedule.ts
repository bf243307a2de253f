import type { EpochMs } from '../domain/identifiers.ts';
import type { Granularity } from '../domain/model.ts';
import type { Reference } from '../domain/profile.ts';

/** Days that a reference covers: whole weeks, so that every weekday weighs the same. */
export const FULL_DAYS = 28;
/** Healthy days for a first reference: one of each weekday. Fewer, and a weekend would count as drift. */
export const FEWEST_DAYS = 7;
/** The newest days are left out: a fault that began in them may not have been noticed yet. */
export const NEWEST_DAYS = 3;
/** Days that are searched for healthy ones; what is older says little of today. */
const SEARCHED_DAYS = 2 * FULL_DAYS;

const WINDOWS_PER_DAY: Readonly<Record<Granularity, number>> = { day: 1, hour: 24 };
const WINDOW_MS: Readonly<Record<Granularity, number>> = { day: 86_400_000, hour: 3_600_000 };

/** What to do at a window: the reference to use, whether to build a new one first, and for how many windows it holds. */
export interface ReferenceStep {
  readonly current: Reference | undefined;
  /** Starts of the healthy windows that a new reference is to be built of; undefined: none is due. */
  readonly build: readonly EpochMs[] | undefined;
  /** Windows from this one on after which to decide again, at least 1. */
  readonly windows: number;
}

/**
 * The first reference is built as soon as there are enough healthy windows, the next when a full one can be built, and
 * a new one whenever the last has served as long as it is wide. Windows that are computed again meet the reference that
 * they met the first time. `healthy` are starts of windows that have rows and no anomaly, in ascending order.
 */
export function referenceStep(
  startMs: EpochMs,
  healthy: readonly EpochMs[],
  of: { readonly references: readonly Reference[]; readonly granularity: Granularity },
): ReferenceStep {
  const { references, granularity } = of;
  const perDay = WINDOWS_PER_DAY[granularity];
  const age = (earlierMs: EpochMs) => Math.round((startMs - earlierMs) / WINDOW_MS[granularity]);
  const current = references.findLast(({ appliesFromMs }) => appliesFromMs <= startMs);
  const next = references.find(({ appliesFromMs }) => appliesFromMs > startMs);
  if (next !== undefined) return { current, build: undefined, windows: Math.max(1, -age(next.appliesFromMs)) };

  const recent = healthy.filter((start) => start < startMs && age(start) <= SEARCHED_DAYS * perDay);
  const usable = recent.filter((start) => age(start) > NEWEST_DAYS * perDay).slice(-FULL_DAYS * perDay);
  const wanted = current === undefined ? FEWEST_DAYS * perDay : FULL_DAYS * perDay;
  const isFull = current !== undefined && current.windows >= wanted;
  if (isFull && age(current.appliesFromMs) < wanted) {
    return { current, build: undefined, windows: wanted - age(current.appliesFromMs) };
  }
  if (usable.length < wanted) {
    return { current, build: undefined, windows: Math.max(1, wanted + NEWEST_DAYS * perDay - recent.length) };
  }
  const built = usable.length;
  return {
    current,
    build: usable,
    windows: Math.max(1, built < FULL_DAYS * perDay ? (FULL_DAYS + NEWEST_DAYS) * perDay - recent.length : built),
  };
}

/** How far back windows of a reference may lie from the window that it is built for. */
export function searchedMs(granularity: Granularity): number {
  return SEARCHED_DAYS * WINDOWS_PER_DAY[granularity] * WINDOW_MS[granularity];
}

/** Windows with rows without which a reference would say too little. */
export function fewestWindows(granularity: Granularity): number {
  return FEWEST_DAYS * WINDOWS_PER_DAY[granularity];
}

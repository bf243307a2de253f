import { TRAFFIC_RATIO_SERIES } from '../domain/all-traffic.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { NOTHING_SAID, type SaidOfSeries } from '../domain/said.ts';
import type { Window } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import type { FilterContext } from './filter.ts';

export interface ContextDeps {
  readonly stores: Pick<Stores, 'events' | 'models' | 'mutes' | 'statistics'>;
  /** What votes said of series and still holds; absent: nothing. */
  readonly said?: (model: Model, now: EpochMs) => SaidOfSeries;
}

/** What the filters know when `window` is judged, of windows from `from` on. */
export function contextOf(
  { stores, said }: ContextDeps,
  {
    model,
    from,
    window,
    now,
  }: { readonly model: Model; readonly from: Window; readonly window: Window; readonly now: EpochMs },
): FilterContext {
  const { expectedOnce, quieted, unimportant } = said?.(model, now) ?? NOTHING_SAID;
  return {
    ...{ now, expectedOnce, quieted },
    mutes: stores.mutes
      .inForce(model.id, now)
      .filter(({ scope, untilChange }) => scope !== undefined || untilChange !== undefined),
    events: stores.events.overlapping(model.id, from.startMs, window.endMs),
    importance: importanceOf(stores, model, unimportant),
    trafficRatio: ratiosOf(stores, model, window, window).get(window.startMs) ?? null,
  };
}

/**
 * The same for every window of a history: nobody muted it, and a pattern that was quieted later was not then; what was
 * expected once was known by now.
 */
export function contextsOf(
  { stores, said }: ContextDeps,
  {
    model,
    from,
    to,
    now,
  }: { readonly model: Model; readonly from: Window; readonly to: Window; readonly now: EpochMs },
): (window: Window) => FilterContext {
  const ratios = ratiosOf(stores, model, from, to);
  const { expectedOnce, unimportant } = said?.(model, now) ?? NOTHING_SAID;
  const shared = {
    ...{ now, mutes: [], quieted: [], expectedOnce },
    events: stores.events.overlapping(model.id, from.startMs, to.endMs),
    importance: importanceOf(stores, model, unimportant),
  };
  return ({ startMs }) => ({ ...shared, trafficRatio: ratios.get(startMs) ?? null });
}

/** What people voted unimportant counts for so much of its importance; of 1 where that is not known. */
const UNIMPORTANT_PART = 0.25;

function importanceOf(
  stores: Pick<Stores, 'models'>,
  { id }: Model,
  unimportant: readonly string[] = [],
): ReadonlyMap<string, number> {
  const columns = stores.models.columns(id);
  const told = columns.flatMap(({ name, importance }) =>
    importance === undefined ? [] : [[name, importance] as const],
  );
  const known = new Map(told);
  for (const name of new Set(unimportant)) known.set(name, UNIMPORTANT_PART * (known.get(name) ?? 1));
  return known;
}

/** Without a group, or while the group's traffic is not known, there is none: then the filter is not asked. */
function ratiosOf(
  { statistics }: Pick<Stores, 'statistics'>,
  { id }: Model,
  from: Window,
  to: Window,
): ReadonlyMap<EpochMs, number> {
  const [series] = statistics.series(id, [TRAFFIC_RATIO_SERIES], from.startMs, to.endMs);
  const points = series?.points ?? [];
  return new Map(points.flatMap(({ window, value }) => (value === null ? [] : [[window.startMs, value]])));
}

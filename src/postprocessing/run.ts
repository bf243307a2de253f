import { TRAFFIC_RATIO_SERIES } from '../domain/all-traffic.ts';
import type { Detection } from '../domain/anomaly.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { levelsAfter } from '../domain/mute.ts';
import { NOTHING_SAID, type SaidOfSeries } from '../domain/said.ts';
import { shiftWindow, type Window, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import type { FilterContext } from './filter.ts';
import { findFindings, type PostprocessingResult } from './findings.ts';
import { type FilterSettings, withOwnersWord } from './settings.ts';

export interface PostprocessingDeps {
  readonly stores: Pick<
    Stores,
    'detections' | 'events' | 'ledger' | 'models' | 'mutes' | 'reports' | 'statistics' | 'transaction'
  >;
  /** What the detector asks for; what the model's owner has set goes over it. */
  readonly settings: FilterSettings;
  /** What votes said of series and still holds; absent: nothing. */
  readonly said?: (model: Model, now: EpochMs) => SaidOfSeries;
}

/** How far back a run may have begun: a model that is registered in the middle of a fault says since when. */
const CONTEXT_WINDOWS = { day: 14, hour: 48 } as const;

/**
 * Step 3: load the detections since the open report began (or the last few windows), filter, join, keep the ledger.
 * The ledger of the newest windows is written anew, since a second anomalous window confirms the first.
 */
export function runPostprocessing(
  deps: PostprocessingDeps,
  input: { readonly model: Model; readonly window: Window; readonly now: EpochMs },
): PostprocessingResult {
  const { stores } = deps;
  const { model, window, now } = input;
  const { zone, granularity } = model;
  const settings = withOwnersWord(deps.settings, model);
  const opened = stores.reports.open(model.id)?.opened ?? window;
  const from = shiftWindow(opened, -CONTEXT_WINDOWS[granularity], zone, granularity);
  const windows = windowsBetween(from.startMs, window.endMs, zone, granularity);
  const detections = stores.detections.between(model.id, from.startMs, window.endMs);

  return stores.transaction(() => {
    endChangedMutes(stores, { model, window, now }, detections);
    const result = findFindings({
      detections,
      windows,
      since: shiftWindow(opened, 1 - settings.durationWindows, zone, granularity),
      context: contextOf(deps, { model, window, now }, from),
      settings,
    });
    for (const recent of windows.slice(-settings.durationWindows)) {
      const isOfWindow = (entry: LedgerEntry): boolean => entry.window.startMs === recent.startMs;
      stores.ledger.replaceWindow(model.id, recent, result.ledger.filter(isOfWindow));
    }
    return result;
  });
}

function contextOf(
  { stores, said }: PostprocessingDeps,
  { model, window, now }: { readonly model: Model; readonly window: Window; readonly now: EpochMs },
  from: Window,
): FilterContext {
  const { expectedOnce, quieted } = said?.(model, now) ?? NOTHING_SAID;
  const isNarrow = ({ scope, untilChange }: FilterContext['mutes'][number]): boolean =>
    scope !== undefined || untilChange !== undefined;
  return {
    ...{ now, expectedOnce, quieted },
    mutes: stores.mutes.inForce(model.id, now).filter(isNarrow),
    events: stores.events.overlapping(model.id, from.startMs, window.endMs),
    importance: new Map(
      stores.models
        .columns(model.id)
        .flatMap(({ name, importance }) => (importance === undefined ? [] : [[name, importance] as const])),
    ),
    trafficRatio: storedTrafficRatio(stores, model, window),
  };
}

/** Levels that their series have left are muted no more; a mute ends with its last one. */
function endChangedMutes(
  { mutes }: PostprocessingDeps['stores'],
  { model, window, now }: { readonly model: Model; readonly window: Window; readonly now: EpochMs },
  detections: readonly Detection[],
): void {
  const judged = detections.filter((detection) => detection.window.startMs === window.startMs);
  for (const { id, untilChange } of mutes.inForce(model.id, now)) {
    if (untilChange === undefined) continue;
    const levels = levelsAfter(untilChange, judged);
    if (levels.length === untilChange.levels.length) continue;
    mutes.setLevels(id, levels);
    if (levels.length === 0) mutes.end(model.id, now, [id]);
  }
}

/** Null without a group, or while the group's traffic is not known: then the filter is not asked. */
function storedTrafficRatio({ statistics }: PostprocessingDeps['stores'], model: Model, window: Window): number | null {
  const [series] = statistics.series(model.id, [TRAFFIC_RATIO_SERIES], window.startMs, window.endMs);
  return series?.points[0]?.value ?? null;
}

import { TRAFFIC_RATIO_SERIES } from '../domain/all-traffic.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import { shiftWindow, type Window, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { findFindings, type PostprocessingResult } from './findings.ts';
import type { FilterSettings } from './settings.ts';

export interface PostprocessingDeps {
  readonly stores: Pick<Stores, 'detections' | 'ledger' | 'reports' | 'statistics' | 'transaction'>;
  readonly settings: FilterSettings;
}

/** How far back a run may have begun: a model that is registered in the middle of a fault says since when. */
const CONTEXT_WINDOWS = { day: 14, hour: 48 } as const;

/**
 * Step 3: load the detections since the open report began (or the last few windows), filter, join, keep the ledger.
 * The ledger of the newest windows is written anew, since a second anomalous window confirms the first.
 */
export function runPostprocessing(
  deps: PostprocessingDeps,
  input: { readonly model: Model; readonly window: Window },
): PostprocessingResult {
  const { model, window } = input;
  const { zone, granularity } = model;
  const opened = deps.stores.reports.open(model.id)?.opened ?? window;
  const from = shiftWindow(opened, -CONTEXT_WINDOWS[granularity], zone, granularity);
  const windows = windowsBetween(from.startMs, window.endMs, zone, granularity);

  const result = findFindings({
    detections: deps.stores.detections.between(model.id, from.startMs, window.endMs),
    windows,
    since: shiftWindow(opened, 1 - deps.settings.durationWindows, zone, granularity),
    trafficRatio: storedTrafficRatio(deps.stores, model, window),
    settings: deps.settings,
  });

  deps.stores.transaction(() => {
    for (const recent of windows.slice(-deps.settings.durationWindows)) {
      const isOfWindow = (entry: LedgerEntry): boolean => entry.window.startMs === recent.startMs;
      deps.stores.ledger.replaceWindow(model.id, recent, result.ledger.filter(isOfWindow));
    }
  });
  return result;
}

/** Null without a group, or while the group's traffic is not known: then the filter is not asked. */
function storedTrafficRatio({ statistics }: PostprocessingDeps['stores'], model: Model, window: Window): number | null {
  const [series] = statistics.series(model.id, [TRAFFIC_RATIO_SERIES], window.startMs, window.endMs);
  return series?.points[0]?.value ?? null;
}

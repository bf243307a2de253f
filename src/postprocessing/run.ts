import type { LedgerEntry } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import { shiftWindow, type Window, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { findFindings, type PostprocessingResult } from './findings.ts';
import type { FilterSettings } from './settings.ts';
import { trafficRatio } from './traffic-ratio.ts';

export interface PostprocessingDeps {
  readonly stores: Pick<Stores, 'detections' | 'ledger' | 'reports' | 'models' | 'statistics' | 'transaction'>;
  readonly settings: FilterSettings;
}

/** Windows before an open report's first one that may belong to its findings. */
const CONTEXT_WINDOWS = 3;

/**
 * Step 3: load the detections since the open report began (or the last few windows), filter, join, keep the ledger.
 * The ledger of the newest windows is written anew, since a second anomalous window confirms the first.
 */
export function runPostprocessing(
  deps: PostprocessingDeps,
  input: { readonly model: Model; readonly window: Window },
): PostprocessingResult {
  const { model, window } = input;
  const since = deps.stores.reports.open(model.id)?.opened ?? window;
  const from = shiftWindow(since, -CONTEXT_WINDOWS, model.zone, model.granularity);
  const windows = windowsBetween(from.startMs, window.endMs, model.zone, model.granularity);

  const result = findFindings({
    detections: deps.stores.detections.between(model.id, from.startMs, window.endMs),
    windows,
    trafficRatio: trafficRatio(deps.stores, model, window),
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

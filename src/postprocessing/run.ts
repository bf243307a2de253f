import type { Detection } from '../domain/anomaly.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import { levelsAfter } from '../domain/mute.ts';
import { shiftWindow, type Window, windowsBetween } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { type ContextDeps, contextOf } from './context.ts';
import { findFindings, type PostprocessingResult } from './findings.ts';
import { type FilterSettings, withOwnersWord } from './settings.ts';

export interface PostprocessingDeps extends ContextDeps {
  readonly stores: ContextDeps['stores'] & Pick<Stores, 'detections' | 'ledger' | 'reports' | 'transaction'>;
  /** What the detector asks for; what the model's owner has set goes over it. */
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
      context: contextOf(deps, { model, from, window, now }),
      settings,
    });
    for (const recent of windows.slice(-settings.durationWindows)) {
      const isOfWindow = (entry: LedgerEntry): boolean => entry.window.startMs === recent.startMs;
      stores.ledger.replaceWindow(model.id, recent, result.ledger.filter(isOfWindow));
    }
    return result;
  });
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

/**
 * What a history of stored detections would have reported under other settings, decided window by window: nothing is
 * known at a window but what had been judged by then. Pure, so that a budget, a backtest and a test count alike.
 */

import { type Anomaly, type Detection, isAnomaly } from '../domain/anomaly.ts';
import { filterSettings } from '../domain/filter-settings.ts';
import type { Finding } from '../domain/finding.ts';
import type { Window } from '../domain/window.ts';
import type { FilterContext, WindowFacts } from './filter.ts';
import { applyFilters } from './filters/index.ts';
import { findFindings } from './findings.ts';
import { alignAnomalous } from './runs.ts';
import type { FilterSettings } from './settings.ts';
import { windowFacts } from './window-facts.ts';

/** A history made ready to be replayed many times: of its detections only the anomalies and what filters see of them. */
export interface History {
  /** Consecutive windows in time order. */
  readonly windows: readonly Window[];
  /** Windows of which at least one series had a forecast. */
  readonly judgedWindows: number;
  readonly candidates: readonly Candidate[];
  /** What is known at a window; nobody mutes a replay. */
  readonly contextAt: (window: Window) => FilterContext;
}

export interface Candidate {
  readonly anomaly: Anomaly;
  /** Its series from some windows before it up to itself. */
  readonly row: readonly Detection[];
  /** Place of its window in the history. */
  readonly place: number;
  readonly facts: WindowFacts;
}

/** The longest that any filter looks back, in windows. */
export const REPLAY_REACH = Math.max(filterSettings.durationWindows.highest, filterSettings.deployWindows.highest);

/**
 * Candidates of one stretch of a history, so that a long one need not be held at once.
 *
 * detections: all of the model in `windows`, those that are no anomalies too.
 * windows: consecutive, the first `lead` of them only looked back at.
 * firstPlace: place of the first window after them in the whole history.
 */
export function candidatesOf(
  detections: readonly Detection[],
  {
    windows,
    lead,
    firstPlace,
  }: { readonly windows: readonly Window[]; readonly lead: number; readonly firstPlace: number },
): Candidate[] {
  const factsAt = windowFacts(detections);
  return alignAnomalous(detections, windows).flatMap((row) =>
    row.flatMap((detection, at): Candidate[] => {
      if (at < lead || !isAnomaly(detection)) return [];
      const facts = factsAt(detection.window.startMs);
      const seen = row.slice(Math.max(0, at - REPLAY_REACH + 1), at + 1);
      return [{ anomaly: detection, row: seen, place: firstPlace + at - lead, facts }];
    }),
  );
}

export interface ReplayedReport {
  readonly opened: Window;
  /** The last window that fired. */
  readonly latest: Window;
  /** Absent while it is open at the end of the history. */
  readonly resolved?: Window;
}

export interface ReplayOptions {
  readonly settings: FilterSettings;
  /** Quiet windows after the last firing one until a report resolves. */
  readonly recoveryWindows: number;
}

/** Reports in the order they would have been opened. */
export function replayReports(history: History, options: ReplayOptions): ReplayedReport[] {
  const firing = firingPlaces(history, options.settings);
  const reports: { opened: Window; latest: Window; resolved?: Window }[] = [];
  let lastFiring = Number.NEGATIVE_INFINITY;
  for (const [place, window] of history.windows.entries()) {
    const open = reports.at(-1)?.resolved === undefined ? reports.at(-1) : undefined;
    if (firing.has(place)) {
      if (open === undefined) reports.push({ opened: window, latest: window });
      else open.latest = window;
      lastFiring = place;
    } else if (open !== undefined && place - lastFiring >= options.recoveryWindows) open.resolved = window;
  }
  return reports;
}

/** Places of windows of which an anomaly would have been told on the day. */
function firingPlaces({ candidates, contextAt }: History, settings: FilterSettings): ReadonlySet<number> {
  const firing = new Set<number>();
  for (const { anomaly, row, place, facts } of candidates) {
    if (firing.has(place)) continue;
    const { isKept, isHeld } = applyFilters(
      {
        ...{ anomaly, facts, pattern: 'developing', context: contextAt(anomaly.window) },
        ...{ detections: row, index: row.length - 1 },
      },
      settings,
    );
    if (isKept && !isHeld) firing.add(place);
  }
  return firing;
}

/** What a replayed report would have told when it was last changed, the most severe first. */
export function replayedFindings(
  { opened, latest }: ReplayedReport,
  input: {
    /** All of the model in `windows`. */
    readonly detections: readonly Detection[];
    /** Consecutive, from some before `opened` to `latest`. */
    readonly windows: readonly Window[];
    readonly context: FilterContext;
    readonly settings: FilterSettings;
  },
): readonly Finding[] {
  const windows = input.windows.filter(({ startMs }) => startMs <= latest.startMs);
  const at = windows.findIndex(({ startMs }) => startMs === opened.startMs);
  const since = windows[Math.max(0, at + 1 - input.settings.durationWindows)];
  return findFindings({ ...input, windows, ...(since === undefined ? {} : { since }) }).findings;
}

import type { Detection } from '../domain/anomaly.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import { seriesName } from '../domain/series.ts';
import { type Window, windowAt } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { filters } from './filters/index.ts';
import { severity } from './severity.ts';

/** `history`: its window was judged when the model was registered, and nothing is told of it. */
export type Outcome = 'told' | 'held' | 'dropped' | 'history';

/** What became of one anomaly, and why. */
export interface ExplainedAnomaly {
  readonly detection: Detection;
  /** abs(value - baseline) / (upper - lower); 0 where there is no band. */
  readonly severity: number;
  readonly outcome: Outcome;
  /** Of every filter that was asked, in their order. */
  readonly entries: readonly LedgerEntry[];
}

export interface Explanation {
  readonly window: Window;
  /** Those that were told first, then those that were held, then by severity. */
  readonly anomalies: readonly ExplainedAnomaly[];
  /** Judged series that were no anomalies. */
  readonly quiet: readonly Detection[];
}

export interface ExplainDeps {
  readonly stores: Pick<Stores, 'detections' | 'ledger' | 'runs' | 'statistics'>;
}

/** As runs of checks are named. */
const CHECK_JOB = 'check';
/** How far back the newest anomaly is looked for: what is older is no morning's question. */
const LOOKED_BACK_MS = 90 * 86_400_000;

/** The newest window in which something was anomalous, of one column where it is named; else the newest of all. */
export function windowToExplain({ stores }: ExplainDeps, model: Model, column?: string): Window | undefined {
  const newest = stores.statistics.windowStarts(model.id).at(-1);
  if (newest === undefined) return undefined;
  const anomalous = stores.detections
    .anomalies(model.id, newest - LOOKED_BACK_MS, newest + 1)
    .filter(({ series }) => column === undefined || series.column === column);
  const startMs = anomalous.reduce((latest, { window }) => Math.max(latest, window.startMs), 0);
  return windowAt(startMs === 0 ? newest : startMs, model.zone, model.granularity);
}

/** Reads the ledger of one window. */
export function explainWindow(
  { stores }: ExplainDeps,
  { model, window, column }: { readonly model: Model; readonly window: Window; readonly column?: string },
): Explanation {
  const isAsked = (one: { readonly series: Detection['series'] }): boolean =>
    column === undefined || one.series.column === column;
  const entries = stores.ledger.window(model.id, window).filter(isAsked);
  const entriesOf = ({ series }: Detection): LedgerEntry[] =>
    entries.filter((entry) => seriesName(entry.series) === seriesName(series));
  const isChecked = stores.runs.done(CHECK_JOB, model.id, window.startMs, window.endMs).size > 0;
  const detections = stores.detections.between(model.id, window.startMs, window.endMs).filter(isAsked);
  const anomalies = detections
    .filter(({ isAnomaly }) => isAnomaly)
    .map((detection) => explain(detection, entriesOf(detection), isChecked));
  return {
    window,
    anomalies: anomalies.toSorted(inOrder),
    quiet: detections.filter(({ isAnomaly, value }) => !isAnomaly && value !== null),
  };
}

function explain(detection: Detection, entries: readonly LedgerEntry[], isChecked: boolean): ExplainedAnomaly {
  const failed = entries.filter(({ isKept }) => !isKept);
  const told = entries.length === 0 && !isChecked ? 'history' : 'told';
  const outcome = failed.length === 0 ? told : failed.every(isWord) ? 'held' : 'dropped';
  return { detection, severity: severity(detection.value, detection.forecast), outcome, entries };
}

function isWord({ filter }: LedgerEntry): boolean {
  return filters.some(({ name, kind }) => name === filter && kind === 'word');
}

const rank: Readonly<Record<Outcome, number>> = { told: 0, held: 1, dropped: 2, history: 3 };

function inOrder(a: ExplainedAnomaly, b: ExplainedAnomaly): number {
  const byName = seriesName(a.detection.series).localeCompare(seriesName(b.detection.series));
  return rank[a.outcome] - rank[b.outcome] || b.severity - a.severity || byName;
}

import { formatValue, seriesWords } from '../alerting/index.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import type { Model } from '../domain/model.ts';
import { seriesName } from '../domain/series.ts';
import { windowsBetween } from '../domain/window.ts';
import type { LedgerStore } from '../ports/stores.ts';
import type { KnownIncident } from './incidents.ts';

/** Why an incident was not reported: the anomaly of its days that came nearest, and the filter that dropped it. */
export function whyMissed(ledger: LedgerStore, model: Model, incident: KnownIncident): string {
  const windows = windowsBetween(Date.parse(incident.from), Date.parse(incident.to), model.zone, model.granularity);
  const dropped = windows.flatMap((window) => nearestDrops(ledger.window(model.id, window)));
  const best = dropped.toSorted((a, b) => shortfall(b) - shortfall(a))[0];
  if (best === undefined) return 'no series was anomalous';
  const { series, window, filter, measure, threshold } = best;
  const numbers = `${formatValue(measure, series)} of the ${formatValue(threshold, series)} it asks for`;
  return `${seriesWords(series)} on ${window.key}: dropped by ${filter}, ${numbers}`;
}

/** Of each series: the filter that it failed by most. */
function nearestDrops(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const worst = new Map<string, LedgerEntry>();
  for (const entry of entries.filter(({ isKept }) => !isKept)) {
    const name = seriesName(entry.series);
    const known = worst.get(name);
    if (known === undefined || shortfall(entry) < shortfall(known)) worst.set(name, entry);
  }
  return [...worst.values()];
}

/** 1 would have passed; 0.5 is half of what was asked. */
function shortfall({ measure, threshold }: LedgerEntry): number {
  return threshold === 0 ? Math.min(1, Math.sign(measure)) : measure / threshold;
}

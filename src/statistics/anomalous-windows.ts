import { isNews } from '../domain/anomaly.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Model } from '../domain/model.ts';
import type { Report } from '../domain/report.ts';
import { windowsBetween } from '../domain/window.ts';

/**
 * Starts of the windows in [fromMs, toMs) in which something was wrong: from the first anomalous window of any finding
 * of a report to the window in which it was resolved, or for ever while it is not. A new column and a second spelling
 * are news of the source: rows of that time are as good to compare with as others.
 */
export function anomalousWindows(
  reports: readonly Report[],
  model: Pick<Model, 'zone' | 'granularity'>,
  span: { readonly fromMs: EpochMs; readonly toMs: EpochMs },
): readonly EpochMs[] {
  const starts = new Set<EpochMs>();
  for (const { opened, resolved, findings: all } of reports) {
    const findings = all.filter(({ rule }) => !isNews(rule));
    if (all.length > 0 && findings.length === 0) continue;
    const known = findings.length === all.length ? opened.startMs : Number.POSITIVE_INFINITY;
    const begin = findings.reduce((first, { from }) => Math.min(first, from.startMs), known);
    const end = resolved?.startMs ?? span.toMs;
    const [fromMs, toMs] = [Math.max(begin, span.fromMs), Math.min(end, span.toMs)];
    for (const { startMs } of windowsBetween(fromMs, toMs, model.zone, model.granularity)) starts.add(startMs);
  }
  return [...starts].sort((a, b) => a - b);
}

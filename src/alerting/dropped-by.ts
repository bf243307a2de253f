import { counted } from '../domain/counted.ts';
import type { LedgerEntry } from '../domain/finding.ts';
import { seriesName } from '../domain/series.ts';

/** How many anomalies a filter kept from being told. */
export interface FilterCount {
  readonly filter: string;
  readonly anomalies: number;
}

/** Of one window's ledger: anomalies by the first filter that dropped them, the most first. */
export function droppedBy(ledger: readonly LedgerEntry[]): readonly FilterCount[] {
  const first = new Map<string, string>();
  for (const { series, filter, isKept } of ledger) {
    const name = seriesName(series);
    if (!isKept && !first.has(name)) first.set(name, filter);
  }
  const counts = new Map<string, number>();
  for (const filter of first.values()) counts.set(filter, (counts.get(filter) ?? 0) + 1);
  return [...counts]
    .map(([filter, anomalies]) => ({ filter, anomalies }))
    .toSorted((a, b) => b.anomalies - a.anomalies || a.filter.localeCompare(b.filter));
}

/** `5 anomalies of that window were left out by filters: 3 by duration, 2 by severity.` */
export function droppedWords(counts: readonly FilterCount[], slug: string): string {
  const all = counts.reduce((sum, { anomalies }) => sum + anomalies, 0);
  if (all === 0) return 'No anomaly of that window was left out by a filter.';
  const parts = counts.map(({ filter, anomalies }) => `${anomalies} by ${filter}`).join(', ');
  const were = counted(all, 'anomaly of that window was', 'anomalies of that window were');
  return `${were} left out by filters: ${parts}; \`/drift why ${slug}\` lists them.`;
}

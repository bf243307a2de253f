import type { EpochMs } from '../domain/identifiers.ts';
import type { Reference, ReferenceColumn } from '../domain/profile.ts';
import type { ColumnStatistics } from '../domain/statistic.ts';
import type { StatisticsHistory } from './profile-windows.ts';

/** A history that begins empty and is forgotten with the process; `rows` are all that were put. */
export function createMemoryHistory(): StatisticsHistory & { readonly rows: readonly ColumnStatistics[] } {
  const references: Reference[] = [];
  const columns = new Map<number, readonly ReferenceColumn[]>();
  const withRows: EpochMs[] = [];
  const rows: ColumnStatistics[] = [];
  return {
    rows,
    references: () => references,
    referenceColumns: (version) => columns.get(version) ?? [],
    putReference(reference, given) {
      references.push(reference);
      columns.set(reference.version, given);
    },
    healthy: (fromMs, toMs) => withRows.filter((startMs) => startMs >= fromMs && startMs < toMs),
    categories: () => ({}),
    put(_windows, given) {
      for (const row of given) {
        rows.push(row);
        if (row.role === 'traffic' && row.segment === '' && row.rows > 0) withRows.push(row.window.startMs);
      }
    },
  };
}

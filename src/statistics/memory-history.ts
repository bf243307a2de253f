import { isAllTraffic } from '../domain/all-traffic.ts';
import type { EpochMs } from '../domain/identifiers.ts';
import type { Reference, ReferenceColumn } from '../domain/profile.ts';
import { ALL_TRAFFIC, type ColumnStatistics } from '../domain/statistic.ts';
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
    segments: (fromMs, toMs) => segmentsBetween(rows, fromMs, toMs),
    put(_windows, given) {
      for (const row of given) {
        rows.push(row);
        if (isAllTraffic(row) && row.rows > 0) withRows.push(row.window.startMs);
      }
    },
  };
}

function segmentsBetween(rows: readonly ColumnStatistics[], fromMs: EpochMs, toMs: EpochMs): readonly string[] {
  const found = rows.filter(
    ({ role, segment, window, rows: count }) =>
      role === 'traffic' && segment !== ALL_TRAFFIC && count > 0 && window.startMs >= fromMs && window.startMs < toMs,
  );
  const newestFirst = found.toSorted((a, b) => b.window.startMs - a.window.startMs || b.rows - a.rows);
  return [...new Set(newestFirst.map(({ segment }) => segment))];
}

import { type ColumnRole, TRAFFIC_COLUMN } from './column.ts';
import type { SeriesKey } from './series.ts';
import { ALL_TRAFFIC } from './statistic.ts';

const OF_ALL_TRAFFIC = { segment: ALL_TRAFFIC, column: TRAFFIC_COLUMN, role: 'traffic' } as const;

/** Rows of a model over windows. */
export const TRAFFIC_SERIES = { ...OF_ALL_TRAFFIC, statistic: 'traffic' } as const satisfies SeriesKey;
export const TRAFFIC_RATIO_SERIES = { ...OF_ALL_TRAFFIC, statistic: 'traffic_ratio' } as const satisfies SeriesKey;

/** True for the row of a window that counts all its rows, whatever their segment. */
export function isAllTraffic({ role, segment }: { readonly role: ColumnRole; readonly segment: string }): boolean {
  return role === 'traffic' && segment === ALL_TRAFFIC;
}

import { TRAFFIC_COLUMN } from '../domain/column.ts';
import type { Model } from '../domain/model.ts';
import { ALL_TRAFFIC } from '../domain/statistic.ts';
import type { Window } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';

const TRAFFIC = { segment: ALL_TRAFFIC, column: TRAFFIC_COLUMN, role: 'traffic', statistic: 'traffic' } as const;

/**
 * The model traffic ratio of AlerTiger section 3.3: its rows over the rows of all models of its group in the same
 * span of time. Null without a group, or while nothing is known of the group's traffic.
 */
export function trafficRatio(
  stores: Pick<Stores, 'models' | 'statistics'>,
  model: Model,
  window: Window,
): number | null {
  if (model.group === undefined) return null;
  const rowsOf = (member: Model): number =>
    stores.statistics
      .series(member.id, [TRAFFIC], window.startMs, window.endMs)
      .flatMap((series) => series.points)
      .reduce((sum, point) => sum + point.rows, 0);
  const members = stores.models.list().filter((other) => other.group === model.group);
  const total = members.reduce((sum, member) => sum + rowsOf(member), 0);
  return total === 0 ? null : rowsOf(model) / total;
}

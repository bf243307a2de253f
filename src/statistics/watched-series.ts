import type { Model } from '../domain/model.ts';
import type { SeriesKey } from '../domain/series.ts';
import { ALL_TRAFFIC, type StatisticName } from '../domain/statistic.ts';
import { shiftWindow, type Window } from '../domain/window.ts';
import type { Stores } from '../ports/stores.ts';
import { alertSeries } from './alert-series.ts';

/**
 * The series of a model that are judged in a window: all alert dimensions over all traffic, and within each segment
 * the score and the traffic. A feature's fault that matters to a segment shows in its score; judging every feature in
 * every segment would multiply the false alarms by the number of segments. The segment of all others is one of them: a
 * fault in the small ones shows there.
 */
export function watchedSeries(
  stores: Pick<Stores, 'models' | 'statistics'>,
  model: Model,
  window: Window,
): readonly SeriesKey[] {
  const columns = stores.models.columns(model.id);
  // A segment that has just lost all its traffic is still in the window before.
  const seen = [shiftWindow(window, -1, model.zone, model.granularity), window].flatMap((one) =>
    stores.statistics.windowSegments(model.id, one),
  );
  const segments = [...new Set(seen)].filter((segment) => segment !== ALL_TRAFFIC).sort();
  const withinSegments = columns.filter(({ role }) => role !== 'feature');
  return [...alertSeries(columns), ...alertSeries(withinSegments, { segments })];
}

const OBSERVED: readonly string[] = [
  'observed_expected_ratio',
  'brier',
  'auc',
  'ndcg_at_10',
  'label_rate',
] satisfies StatisticName[];

/** True for a series that is made of labels, and so may change when labels come late. */
export function isObserved({ statistic }: Pick<SeriesKey, 'statistic'>): boolean {
  return OBSERVED.includes(statistic);
}
